// j and k step through the list of calls and show the row's details in the pane; Enter opens the focused
// call, as for any link. Shortcuts turned off in the inbox (WCAG 2.1.4) are off here too.
const KEYS_OFF = 'inbox-keys-off';
/** Whether there is room for a pane; same width as in the style sheet. */
const roomy = matchMedia('(min-width: 80rem)');
/** Those that are to be seen: not those folded below another. */
const names = () =>
  [...document.querySelectorAll('.calls th[scope=row] > a')].filter((name) => name.checkVisibility());
const here = () => document.querySelector('.calls tr.here');

/** Makes one row the target of the shortcuts. */
function show(name) {
  const row = name?.closest('tr');
  if (!row || row === here()) return;
  here()?.classList.remove('here');
  row.classList.add('here');
  const pane = document.getElementById('pane');
  if (!roomy.matches) return;
  // Moving to the next row aborts the request; htmx reports all other failures itself.
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

// Lets j and k on the page of a call continue through this list.
function listed() {
  if (!names().length) return;
  sessionStorage.setItem('calls-order', JSON.stringify(names().map((name) => name.pathname)));
  show(names()[0]);
}
listed();
// Typing in the search field replaces the list.
document.addEventListener('htmx:afterSwap', ({ detail }) => detail.target.id === 'list' && listed());
