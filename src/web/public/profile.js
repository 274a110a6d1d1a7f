// The profile's form: what was typed and not saved is not left by accident.
let typed = false;
document.addEventListener('input', (event) => { if (event.target instanceof Element && event.target.closest('#editor')) typed = true; });
document.addEventListener('submit', () => { typed = false; });
window.addEventListener('beforeunload', (event) => { if (typed) event.preventDefault(); });

// The name of a competence stands above its fields as it is typed.
document.addEventListener('input', (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.name.endsWith('.label')) return;
  const legend = field.closest('fieldset')?.querySelector('legend');
  if (legend && field.value.trim()) legend.textContent = field.value;
});
