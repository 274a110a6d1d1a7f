// Keyboard shortcuts on the page of a call; each one has a link or form on the page. Shortcuts turned off in
// the inbox (WCAG 2.1.4) are off here too.
const KEYS_OFF = 'inbox-keys-off';
const all = document.getElementById('all-marks');
const marksShown = () => [...document.querySelectorAll(all?.checked ? '.call mark' : '.call mark.strong')];
let at = -1;

// On a phone only the summary of a call is open; the other sections open singly, or by passage links.
if (matchMedia('(max-width: 40rem)').matches)
  for (const part of [...document.querySelectorAll('.text .part')].slice(1))
    if (!part.querySelector(':target')) part.open = false;

/** Shows the next or previous passage and focuses it, so that screen readers follow. */
function goTo(step) {
  const marks = marksShown();
  if (marks.length === 0) return;
  document.querySelector('mark.here')?.classList.remove('here');
  at = (at + step + marks.length) % marks.length;
  const mark = marks[at];
  mark.closest('details')?.setAttribute('open', '');
  mark.classList.add('here');
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: 'center' });
}

/** Goes to the previous or next call in the list the user came from. */
function goToCall(step) {
  const order = JSON.parse(sessionStorage.getItem('calls-order') ?? '[]');
  const here = order.indexOf(location.pathname);
  const next = here < 0 ? undefined : order[here + step];
  if (next) location.assign(next);
}

function act(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (target instanceof HTMLFormElement) target.requestSubmit();
  else if (target instanceof HTMLAnchorElement) target.click();
  else target?.focus();
  return target !== null;
}

document.addEventListener('keydown', (event) => {
  if (
    localStorage.getItem(KEYS_OFF) ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.target.closest('input, select, textarea, dialog')
  )
    return;
  if (event.key === 'j' || event.key === 'k') goToCall(event.key === 'j' ? 1 : -1);
  else if (event.key === 'm' || event.key === 'M') goTo(event.key === 'm' ? 1 : -1);
  else if (!['s', 'n', 'u', 'p', 'b'].includes(event.key) || !act(event.key)) return;
  event.preventDefault();
});
