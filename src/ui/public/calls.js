// j and k go through the list of calls, and what a row has no room for stands beside it; Enter opens the call that has the focus, as it
// opens every link. Whoever stopped the keys on the inbox (WCAG 2.1.4) has stopped them here.
const KEYS_OFF = 'inbox-keys-off';
/** Where there is room for a pane: as in the style sheet. */
const roomy = matchMedia('(min-width: 80rem)');
const names = () => [...document.querySelectorAll('.calls th[scope=row] > a')];
const here = () => document.querySelector('.calls tr.here');

/** One row is the one that keys are about. */
function show(name) {
  const row = name?.closest('tr');
  if (!row || row === here()) return;
  here()?.classList.remove('here');
  row.classList.add('here');
  const pane = document.getElementById('pane');
  if (!roomy.matches) return;
  // Who goes on to the next row breaks it off; of what fails otherwise htmx tells by itself.
  htmx.ajax('GET', `${name.pathname}/beside`, { source: pane, target: pane }).catch(() => undefined);
}

document.addEventListener('keydown', (event) => {
  if (localStorage.getItem(KEYS_OFF) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, select, textarea, dialog')) return;
  if (event.key === '/') {
    event.preventDefault();
    document.getElementById('q').focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const all = names();
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
});
document.addEventListener('focusin', ({ target }) => target.matches('.calls th > a') && show(target));
document.addEventListener('click', ({ target }) => {
  if (!target.closest('a')) show(target.closest('.calls tbody tr')?.querySelector('th > a'));
});

// On the page of a call j and k go on through this list.
function listed() {
  if (!names().length) return;
  sessionStorage.setItem('calls-order', JSON.stringify(names().map((name) => name.pathname)));
  show(names()[0]);
}
listed();
// The list is another one while somebody types.
document.addEventListener('htmx:afterSwap', ({ detail }) => detail.target.id === 'list' && listed());
