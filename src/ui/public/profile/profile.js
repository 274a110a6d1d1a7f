// The profile's form is marked while it holds what was typed and not saved, and so it comes back from the server: then it is not left by accident.
// Only its own sending takes that along; another form of the page would lose it.
let sent = false;
document.addEventListener('input', (event) => {
  sent = false;
  if (event.target instanceof Element) event.target.closest('#editor')?.setAttribute('data-unsaved', '');
});
document.addEventListener('submit', (event) => {
  sent = event.target instanceof Element && event.target.id === 'editor';
});
window.addEventListener('pageshow', () => {
  sent = false;
});
window.addEventListener('beforeunload', (event) => {
  if (!sent && document.querySelector('#editor[data-unsaved]')) event.preventDefault();
});

// The name of a competence stands above its fields as it is typed.
document.addEventListener('input', (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !/\.label(s\.\w+)?$/.test(field.name)) return;
  const competence = field.closest('fieldset');
  const typed = (name) => competence.querySelector(`input[name$="${name}"]`)?.value.trim();
  const name = typed(`.labels.${document.documentElement.lang}`) || typed('.label');
  if (name) competence.querySelector('legend').textContent = name;
});

// A telephone shows what the competences are about; each opens by itself, as do those of a form that came back.
function foldOnTelephone() {
  if (matchMedia('(max-width: 40rem)').matches)
    for (const one of document.querySelectorAll('details[data-fold=narrow]')) one.open = false;
}
foldOnTelephone();
document.addEventListener(
  'htmx:afterSwap',
  ({ detail }) => detail.target.id === 'workbench' && foldOnTelephone(),
);
