// The list of a page's keys, and the switch that turns single keys off on all pages (WCAG 2.1.4).
const KEYS_OFF = 'inbox-keys-off';
const keysOn = document.getElementById('keys-on');
if (keysOn) {
  keysOn.checked = !localStorage.getItem(KEYS_OFF);
  keysOn.addEventListener('change', () =>
    keysOn.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1'),
  );
  document
    .getElementById('keys-open')
    .addEventListener('click', () => document.getElementById('keys').showModal());
}
