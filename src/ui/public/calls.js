// j and k go through the list of calls; Enter opens the one that has the focus, as it opens every link.
// Whoever stopped the keys on the inbox (WCAG 2.1.4) has stopped them here.
const KEYS_OFF = 'inbox-keys-off';
const names = () => [...document.querySelectorAll('.calls th[scope=row] > a')];

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

// On the page of a call j and k go on through this list.
const remember = () => {
  if (names().length)
    sessionStorage.setItem('calls-order', JSON.stringify(names().map((name) => name.pathname)));
};
remember();
// The list is another one while somebody types.
document.addEventListener('htmx:afterSwap', remember);
