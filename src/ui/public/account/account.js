// Copies what is shown this once, so that nobody has to select it, and selects it at a click.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener('focus', () => field.select());
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    } catch {
      // Without TLS browsers give no clipboard: selected, it is one key away.
      field.focus();
    }
  });
}
