// Keys on the page of a call. All that they do is a link or a form on the page, too.
// Whoever stopped the keys on the inbox (WCAG 2.1.4) has stopped them here.
const KEYS_OFF = 'inbox-keys-off';
const marks = [...document.querySelectorAll('.call mark')];
let at = -1;

/** Shows the next or previous passage and puts the focus there, so that a reader of a screen follows. */
function goTo(step) {
  if (marks.length === 0) return;
  marks[at]?.classList.remove('here');
  at = (at + step + marks.length) % marks.length;
  const mark = marks[at];
  mark.closest('details')?.setAttribute('open', '');
  mark.classList.add('here');
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: 'center' });
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
  if (event.key === 'j' || event.key === 'k') goTo(event.key === 'j' ? 1 : -1);
  else if (!['s', 'n', 'u', 'p', 'b'].includes(event.key) || !act(event.key)) return;
  event.preventDefault();
});
