// Two keys decide, as in the inbox: s for relevant, n for not. Whoever turned keys off there has none here.
document.addEventListener('keydown', ({ key, target, repeat, ctrlKey, metaKey, altKey }) => {
  if (repeat || ctrlKey || metaKey || altKey || localStorage.getItem('inbox-keys-off')) return;
  if (target.closest('input, textarea, select')) return;
  if (/^[sn]$/.test(key)) document.querySelector(`.first-decision [data-key=${key}]`)?.click();
});
