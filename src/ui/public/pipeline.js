// The board by keyboard, while a card has the focus; uses the links and fields that work without scripts.
const cards = () =>
  [...document.querySelectorAll('.pipeline-card')].filter((card) => card.offsetParent !== null);
const focused = () => document.activeElement?.closest?.('.pipeline-card') ?? null;

/** Makes one card reachable with Tab; j and k reach the others. */
function rove(card) {
  for (const other of document.querySelectorAll('.pipeline-card')) other.tabIndex = other === card ? 0 : -1;
}

function move(by) {
  const all = cards();
  const next = all[Math.min(Math.max(all.indexOf(focused()) + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  m: (card) => card.querySelector('select')?.focus(),
  Enter: (card) => card.querySelector('a.open').click(),
};

document.addEventListener('keydown', (event) => {
  const card = focused();
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') return card.focus();
  if (event.target !== card || !Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key](card);
});
document.addEventListener('focusin', () => focused() && rove(focused()));
if (cards()[0]) cards()[0].tabIndex = 0;
