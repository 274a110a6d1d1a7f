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
  if (!(field instanceof HTMLInputElement) || !field.name.endsWith('.label')) return;
  const legend = field.closest('fieldset')?.querySelector('legend');
  if (legend && field.value.trim()) legend.textContent = field.value;
});

// In how many stored calls each keyword stands. The matcher is asked once; the form comes back from the server without what is written here.
let counted = null;
const inFull = new Intl.NumberFormat(document.documentElement.lang);

function writeCounts() {
  const says = document.getElementById('keyword-calls');
  if (!counted || !says) return;
  says.hidden = false;
  for (const chip of document.querySelectorAll('.keyword[data-keyword]')) {
    const calls = counted.get(chip.dataset.keyword);
    if (calls === undefined || chip.querySelector('.count')) continue;
    const count = document.createElement('span');
    count.className = 'count';
    count.textContent = inFull.format(calls);
    chip.classList.toggle('finds-none', calls === 0);
    chip.append(' ', count);
  }
}

const counts = document.getElementById('keyword-calls')?.dataset.of;
if (counts) {
  const response = await fetch(counts, { headers: { accept: 'application/json' } });
  if (response.ok) {
    const { keywords } = await response.json();
    counted = new Map(keywords.map(({ keyword, calls }) => [keyword, calls]));
    writeCounts();
  }
}
document.addEventListener('htmx:afterSettle', writeCounts);
