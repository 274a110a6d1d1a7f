// A test of many topics takes seconds, so the page shows that it runs; returning to the page resets that.
document.addEventListener('submit', (event) => {
  const form = event.target instanceof Element ? event.target.closest('[data-busy]') : null;
  const says = form?.querySelector('.busy-says');
  if (!form || !says) return;
  form.classList.add('busy');
  says.textContent = says.dataset.says;
});
window.addEventListener('pageshow', () => {
  document.querySelectorAll('.busy').forEach((form) => form.classList.remove('busy'));
  document.querySelectorAll('.busy-says').forEach((says) => {
    says.textContent = '';
  });
});
