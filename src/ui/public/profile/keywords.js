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
