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

const decide = document.querySelector('.verdicts .decide');
/** Opens what a decision still asks for, and goes to its first button. */
function askFor(what) {
  const details = decide?.querySelector(what);
  if (!details) return;
  details.open = true;
  details.querySelector('button').focus();
}

const follow = (key) => document.querySelector(`a[data-key=${key}]`)?.click();
const dialog = document.getElementById('keys');
const ACTIONS = {
  j: () => goToCall(1),
  k: () => goToCall(-1),
  m: () => goTo(1),
  M: () => goTo(-1),
  s: () => decide?.querySelector('[value=relevant]')?.click(),
  t: () => decide?.querySelector('[value=study]')?.click(),
  l: () => askFor('.put-off'),
  n: () => askFor('.why'),
  u: () => document.querySelector('.verdicts .undo')?.requestSubmit(),
  p: () => follow('p'),
  b: () => follow('b'),
  o: () => follow('o'),
  '?': () => dialog?.showModal(),
};

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input:not([type=checkbox]), textarea, select');
  if (event.ctrlKey || event.metaKey || event.altKey || typing || dialog?.open) return;
  if (event.key === 'Escape') {
    const open = decide?.querySelector('details[open]');
    if (!open) return;
    open.open = false;
    return open.querySelector('summary').focus();
  }
  if (localStorage.getItem(KEYS_OFF)) return;
  const reason =
    /^[1-7]$/.test(event.key) && decide?.querySelectorAll('.why[open] button')[Number(event.key) - 1];
  const action = reason ? () => reason.click() : Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
