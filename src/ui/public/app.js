// Controls that need a script are shown only if scripts run; everything else works without.
document.documentElement.classList.add('scripted');

// Only one menu is open at a time, and it closes when the user clicks elsewhere.
document.addEventListener('click', ({ target }) => {
  for (const menu of document.querySelectorAll('.settings[open]'))
    if (!menu.contains(target)) menu.open = false;
});

// Arrows open and fold what stands below the call that has the focus.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select'))
    return;
  const group = event.target.closest('.with-folds');
  const folds = group?.querySelector('.folds');
  if (!folds) return;
  event.preventDefault();
  folds.open = event.key === 'ArrowRight';
  // Its row is gone with the others.
  if (!folds.open && !event.target.checkVisibility()) group.querySelector('a').focus();
});

// A search answers from the second letter on: the first would find half of everything.
document.addEventListener('input', ({ target }) => {
  if (target.matches('[type=search]') && target.value.trim().length !== 1)
    target.dispatchEvent(new Event('typed', { bubbles: true }));
});

// The global search, shown over the current page.
const find = document.getElementById('find');
const field = find?.querySelector('input');
const links = () => [...find.querySelectorAll('#found a')];

function openFind() {
  find.showModal();
  field.select();
  field.dispatchEvent(new Event('find'));
}

document.addEventListener('keydown', (event) => {
  if (find && (event.ctrlKey || event.metaKey) && event.key === 'k') {
    event.preventDefault();
    return find.open ? find.close() : openFind();
  }
  if (event.key === 'Escape')
    for (const menu of document.querySelectorAll('.settings[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
});

find?.addEventListener('keydown', (event) => {
  const all = links();
  const at = all.indexOf(document.activeElement);
  if (event.key === 'Enter' && event.target === field && all[0]) {
    event.preventDefault();
    all[0].click();
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  (all[at + (event.key === 'ArrowDown' ? 1 : -1)] ?? field).focus();
});
find?.addEventListener('click', ({ target }) => target === find && find.close());
document.querySelector('.find-link')?.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openFind();
});

// State kept for stepping through lists ends with the session, whether or not the response arrives.
document.addEventListener('submit', ({ target }) => {
  if (target.matches('form[action="/sign-out"]')) sessionStorage.clear();
});
