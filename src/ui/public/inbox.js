// The inbox by keyboard: each key presses a button or link of the row that also works without scripts.
const KEYS_OFF = 'inbox-keys-off';
const list = document.querySelector('.inbox-list');
const said = document.getElementById('inbox-flash');
const dialog = document.getElementById('keys');

const rows = () => [...document.querySelectorAll('.inbox-row')];
const rowIn = (item) => item?.querySelector('.inbox-row') ?? null;
const focused = () => document.activeElement?.closest?.('.inbox-row') ?? null;
const itemOf = (row) => row.closest('li').id;

/** The call of the row that last had the focus, while the focus is elsewhere. */
let last = null;
/** Rows decided on this page, for undo; the latest comes last. */
const decided = [];
/** Decided rows that are still being stored, and those to undo once they are. */
const storing = new Set();
const undoing = new Set();
/** The order of decisions by request, and the latest one whose outcome was shown. */
const madeAs = new WeakMap();
let made = 0;
let answering = 0;
let saidOf = 0;
/** The call whose row gets the focus once it is swapped back in. */
let wanted = null;

function go(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
}

/** The pane next to the list, with the details of the current row. */
const pane = document.getElementById('pane');
function showBeside(row) {
  const more = row?.querySelector('.more')?.cloneNode(true);
  if (!pane || !more) return;
  const title = document.createElement('h2');
  const name = row.querySelector('a.open');
  title.lang = name.lang;
  title.textContent = name.textContent;
  pane.replaceChildren(title, more);
}

/** Makes one row reachable with Tab, highlighted as the shortcuts' target; j and k reach the others. */
function rove(row) {
  for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
  last = itemOf(row);
  showBeside(row);
}

/** Returns the row that has or last had the focus; on a new page the first, which is highlighted. */
const present = () => focused() ?? rowIn(document.getElementById(last));
const current = () => present() ?? rows()[0] ?? null;

function move(by) {
  const all = rows();
  const at = all.indexOf(present());
  go(all[at < 0 || !focused() ? Math.max(at, 0) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function forget(id) {
  storing.delete(id);
  undoing.delete(id);
  if (decided.includes(id)) decided.splice(decided.indexOf(id), 1);
}

/** Presses a button of the row and moves to the next undecided one without awaiting the response. */
function decide(row, button) {
  if (!button || storing.has(itemOf(row))) return;
  button.click();
  const all = rows();
  const waits = (r) => r !== row && !r.dataset.decided && !storing.has(itemOf(r));
  const next = all.slice(all.indexOf(row) + 1).find(waits) ?? all.find(waits);
  if (next) go(next);
  else wanted = itemOf(row);
}

function askWhy(row) {
  const why = row.querySelector('.why');
  if (!why) return;
  why.open = true;
  why.querySelector('button').focus();
}

/** Asks for the date; Enter in the field postpones the call. */
function askUntil(row) {
  const later = row.querySelector('.put-off');
  if (!later) return;
  later.open = true;
  later.querySelector('button').focus();
}

function closeWhy(row) {
  const why = row?.querySelector('.why[open], .put-off[open]');
  if (!why) return;
  why.open = false;
  go(row);
}

function pressUndo(id) {
  const button = document.getElementById(id)?.querySelector('.undo button');
  if (!button) return;
  wanted = id;
  button.click();
}

/** Undoes only the latest decision; if it is still being stored, waits for the row to come back. */
function undo(row) {
  const id = decided.at(-1) ?? (row && itemOf(row));
  if (!storing.has(id)) return pressUndo(id);
  undoing.add(id);
  go(rowIn(document.getElementById(id)));
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  s: (row) => row && decide(row, row.querySelector('button[value=relevant]')),
  t: (row) => row && decide(row, row.querySelector('button[value=study]')),
  l: (row) => row && askUntil(row),
  n: (row) => row && askWhy(row),
  u: () => undo(present()),
  o: (row) => row?.querySelector('a.source')?.click(),
  '/': () => document.getElementById('f-q').focus(),
  '?': () => dialog?.showModal(),
};

const typing = (target) =>
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open) return;
  const row = current();
  if (event.key === 'Escape') return closeWhy(focused());
  if (event.key === 'Enter' && row && (event.target === focused() || event.target === document.body))
    return row.querySelector('a.open').click();
  if (localStorage.getItem(KEYS_OFF)) return;
  const reason =
    /^[1-7]$/.test(event.key) &&
    focused()?.querySelector('.why[open]')?.querySelectorAll('button')[Number(event.key) - 1];
  const action = reason
    ? () => decide(focused(), reason)
    : Object.hasOwn(ACTIONS, event.key)
      ? ACTIONS[event.key]
      : null;
  if (!action) return;
  event.preventDefault();
  action(row);
  tried(event.key === 'k' ? 'j' : event.key);
});

// A tour of six keys, shown until each was pressed once or the list is closed.
const TOUR = 'inbox-tour';
const tour = document.getElementById('tour');
const triedKeys = new Set(localStorage.getItem(TOUR) ?? '');
const showTour = () => {
  const keys = [...(tour?.querySelectorAll('[data-key]') ?? [])];
  for (const key of keys) key.classList.toggle('done', triedKeys.has(key.dataset.key));
  if (tour)
    tour.open = !localStorage.getItem(KEYS_OFF) && keys.some((key) => !triedKeys.has(key.dataset.key));
};
function tried(...keys) {
  for (const key of keys) triedKeys.add(key);
  localStorage.setItem(TOUR, [...triedKeys].join(''));
  showTour();
}
document.getElementById('tour-close')?.addEventListener('click', () => tried(...'jstlnu'));
showTour();

list?.addEventListener('focusin', () => focused() && rove(focused()));
// Lets j and k on the page of a call continue through this list.
sessionStorage.setItem(
  'calls-order',
  JSON.stringify(rows().map((row) => row.querySelector('a.open').pathname)),
);
if (rows()[0]) rows()[0].tabIndex = 0;
showBeside(rows()[0]);

// By key or by mouse: a decision can be undone, and an undone one no longer counts as decided.
document.body.addEventListener('htmx:beforeRequest', ({ detail: { elt, target, xhr } }) => {
  if (!elt.matches('.decide, .undo')) return;
  madeAs.set(xhr, (made += 1));
  forget(target.id);
  if (elt.matches('.undo')) return;
  decided.push(target.id);
  storing.add(target.id);
});

// A swapped row keeps the focus it had, or gets the focus if it is the wanted one.
document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.contains(document.activeElement)) wanted = detail.target.id;
  answering = madeAs.get(detail.xhr) ?? 0;
});
// Responses arrive in any order: a late one must not replace the message of a later decision.
document.body.addEventListener('htmx:oobBeforeSwap', ({ detail }) => {
  if (detail.target !== said) return;
  if (answering < saidOf && !detail.fragment.querySelector('[data-overtaken]')) detail.shouldSwap = false;
  else saidOf = answering;
});
document.body.addEventListener(
  'htmx:afterSwap',
  ({
    detail: {
      target: { id },
    },
  }) => {
    const row = wanted && rowIn(document.getElementById(wanted));
    wanted = null;
    if (row) go(row);
    else if (!focused() && last) rowIn(document.getElementById(last))?.setAttribute('tabindex', '0');
    // A decision somebody else made in the meantime is shown in the row; it is not ours to undo.
    const overtaken = said.querySelector('[data-overtaken]');
    said.classList.toggle('failed', overtaken !== null);
    if (overtaken?.dataset.overtaken === id) forget(id);
  },
);
// By then its buttons work.
document.body.addEventListener(
  'htmx:afterSettle',
  ({
    detail: {
      target: { id },
    },
  }) => {
    storing.delete(id);
    if (undoing.delete(id)) pressUndo(id);
  },
);
for (const failure of ['htmx:responseError', 'htmx:sendError']) {
  document.body.addEventListener(failure, ({ detail }) => {
    said.textContent = said.dataset.failed;
    said.classList.add('failed');
    const id = detail.target?.id;
    forget(id);
    go(rowIn(document.getElementById(id)));
  });
}

const keysOn = document.getElementById('keys-on');
if (keysOn) {
  keysOn.checked = !localStorage.getItem(KEYS_OFF);
  keysOn.addEventListener('change', () =>
    keysOn.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1'),
  );
  document.getElementById('keys-open').addEventListener('click', () => dialog.showModal());
}
