// The browser asks the device, and our form carries the answer: what follows is a page like any other. Today's browsers read and write
// what the server gives and takes (`parseRequestOptionsFromJSON`, `toJSON`: Chrome 129, Firefox 119, Safari 18.4), so no library is needed.
const WAYS = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const form of document.querySelectorAll('[data-passkey]')) {
  const says = form.querySelector('.passkey-says');
  const button = form.querySelector('[type=submit]');
  if (typeof PublicKeyCredential === 'undefined' || !PublicKeyCredential.parseRequestOptionsFromJSON) {
    says.textContent = says.dataset.unsupported;
    button.disabled = true;
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    says.textContent = '';
    button.disabled = true;
    try {
      const asked = await fetch(form.dataset.challenge, { method: 'POST' });
      // Whatever stands in the way, the page says it.
      if (!asked.ok) return location.reload();
      const credential = await WAYS[form.dataset.passkey](await asked.json());
      form.elements.answer.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      // The device knows none, has one already, or its owner changed their mind: browsers do not tell which.
      says.textContent = error.name === 'InvalidStateError' ? says.dataset.known : says.dataset.failed;
      button.disabled = false;
    }
  });
}
// Whoever comes back to the page begins anew.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
