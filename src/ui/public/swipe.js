// Touch screens: swiping right marks a call relevant, left asks why it is not, both by the row's buttons.
const FAR_ENOUGH = 90;
const list = document.getElementById('inbox-rows');
let held = null;

function moved({ touches: [touch] }) {
  return { x: touch.clientX - held.x, y: touch.clientY - held.y };
}

function letGo() {
  if (!held) return 0;
  const { row, by } = held;
  row.style.transform = '';
  row.classList.remove('swiped-yes', 'swiped-no');
  held = null;
  return by;
}

list?.addEventListener(
  'touchstart',
  ({ target, touches }) => {
    const row = target.closest('.inbox-row');
    letGo();
    if (touches.length === 1 && row?.querySelector('.decide'))
      held = { row, by: 0, x: touches[0].clientX, y: touches[0].clientY };
  },
  { passive: true },
);

list?.addEventListener(
  'touchmove',
  (event) => {
    if (!held) return;
    const { x, y } = moved(event);
    held.by = Math.abs(x) > Math.abs(y) ? x : 0;
    held.row.style.transform = held.by === 0 ? '' : `translateX(${held.by / 2}px)`;
    held.row.classList.toggle('swiped-yes', held.by > FAR_ENOUGH);
    held.row.classList.toggle('swiped-no', held.by < -FAR_ENOUGH);
  },
  { passive: true },
);

list?.addEventListener('touchcancel', letGo);
list?.addEventListener('touchend', () => {
  const row = held?.row;
  const by = letGo();
  if (by > FAR_ENOUGH) row.querySelector('.decide button[value=relevant]').click();
  if (by < -FAR_ENOUGH) {
    const why = row.querySelector('.why');
    why.open = true;
    why.querySelector('button').focus();
  }
});
