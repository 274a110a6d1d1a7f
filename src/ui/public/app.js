// What needs a script is shown only where one runs; everything else works without.
document.documentElement.classList.add('scripted');

// One menu is open at a time, and none that one has turned away from.
document.addEventListener('click', ({ target }) => {
  for (const menu of document.querySelectorAll('.settings[open]'))
    if (!menu.contains(target)) menu.open = false;
});

// The search of all that there is, over the page that one is at.
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

// What was noted for going through lists ends with the session, whether or not the answer comes.
document.addEventListener('submit', ({ target }) => {
  if (target.matches('form[action="/sign-out"]')) sessionStorage.clear();
});
