// The inbox by keyboard, over the same buttons and links that work without it: a key presses what stands in the row.
const KEYS_OFF = 'inbox-keys-off';
const list = document.querySelector('.inbox-list');
const said = document.getElementById('inbox-flash');
const dialog = document.getElementById('keys');

const rows = () => [...document.querySelectorAll('.inbox-row')];
const rowIn = (item) => item?.querySelector('.inbox-row') ?? null;
const focused = () => document.activeElement?.closest?.('.inbox-row') ?? null;
const itemOf = (row) => row.closest('li').id;

/** The row that was before the reader last, by its call, while the focus is elsewhere. */
let last = null;
/** The rows that were decided here, for undo: the last one last. */
const decided = [];
/** Those of them that are being stored still, and those to undo as soon as they are. */
const storing = new Set();
const undoing = new Set();
/** Decisions in the order in which they were made, by their requests; and of which it was said last how it went. */
const madeAs = new WeakMap();
let made = 0;
let answering = 0;
let saidOf = 0;
/** The call whose row gets the focus once it has come back. */
let wanted = null;

function go(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
}

/** What a row has no room for stands beside the list, of the row that one is at. */
const pane = document.getElementById('pane');
function showBeside(row) {
  const more = row?.querySelector('.more')?.cloneNode(true);
  if (!pane || !more) return;
  const title = document.createElement('h2');
  const name = row.querySelector('a.open');
  title.lang = name.lang;
  title.textContent = name.textContent;
  pane.replaceChildren(title, more);
}

/** One row alone can be reached with Tab, the others by j and k; it is the one that keys are about, and looks so. */
function rove(row) {
  for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
  last = itemOf(row);
  showBeside(row);
}

/** The row that the reader is or was at; on a page that was just opened the first one, which is marked as it. */
const present = () => focused() ?? rowIn(document.getElementById(last));
const current = () => present() ?? rows()[0] ?? null;

function move(by) {
  const all = rows();
  const at = all.indexOf(present());
  go(all[at < 0 || !focused() ? Math.max(at, 0) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function forget(id) {
  storing.delete(id);
  undoing.delete(id);
  if (decided.includes(id)) decided.splice(decided.indexOf(id), 1);
}

/** Presses a button of the row, and goes on to the next that waits: the answer comes while that one is read. */
function decide(row, button) {
  if (!button || storing.has(itemOf(row))) return;
  button.click();
  const all = rows();
  const waits = (r) => r !== row && !r.dataset.decided && !storing.has(itemOf(r));
  const next = all.slice(all.indexOf(row) + 1).find(waits) ?? all.find(waits);
  if (next) go(next);
  else wanted = itemOf(row);
}

function askWhy(row) {
  const why = row.querySelector('.why');
  if (!why) return;
  why.open = true;
  why.querySelector('button').focus();
}

/** Asks until when; Enter in the field puts it off. */
function askUntil(row) {
  const later = row.querySelector('.put-off');
  if (!later) return;
  later.open = true;
  later.querySelector('button').focus();
}

function closeWhy(row) {
  const why = row?.querySelector('.why[open], .put-off[open]');
  if (!why) return;
  why.open = false;
  go(row);
}

function pressUndo(id) {
  const button = document.getElementById(id)?.querySelector('.undo button');
  if (!button) return;
  wanted = id;
  button.click();
}

/** Takes back what was decided last, and nothing before it: while that is being stored still, it waits for the row to come back. */
function undo(row) {
  const id = decided.at(-1) ?? (row && itemOf(row));
  if (!storing.has(id)) return pressUndo(id);
  undoing.add(id);
  go(rowIn(document.getElementById(id)));
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  s: (row) => row && decide(row, row.querySelector('button[value=relevant]')),
  t: (row) => row && decide(row, row.querySelector('button[value=study]')),
  l: (row) => row && askUntil(row),
  n: (row) => row && askWhy(row),
  u: () => undo(present()),
  o: (row) => row?.querySelector('a.source')?.click(),
  '/': () => document.getElementById('f-q').focus(),
  '?': () => dialog?.showModal(),
};

const typing = (target) =>
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open) return;
  const row = current();
  if (event.key === 'Escape') return closeWhy(focused());
  if (event.key === 'Enter' && row && (event.target === focused() || event.target === document.body))
    return row.querySelector('a.open').click();
  if (localStorage.getItem(KEYS_OFF)) return;
  const reason =
    /^[1-7]$/.test(event.key) &&
    focused()?.querySelector('.why[open]')?.querySelectorAll('button')[Number(event.key) - 1];
  const action = reason
    ? () => decide(focused(), reason)
    : Object.hasOwn(ACTIONS, event.key)
      ? ACTIONS[event.key]
      : null;
  if (!action) return;
  event.preventDefault();
  action(row);
  tried(event.key === 'k' ? 'j' : event.key);
});

// Six keys to try, until each was pressed once or the list is closed.
const TOUR = 'inbox-tour';
const tour = document.getElementById('tour');
const triedKeys = new Set(localStorage.getItem(TOUR) ?? '');
const showTour = () => {
  const keys = [...(tour?.querySelectorAll('[data-key]') ?? [])];
  for (const key of keys) key.classList.toggle('done', triedKeys.has(key.dataset.key));
  if (tour)
    tour.open = !localStorage.getItem(KEYS_OFF) && keys.some((key) => !triedKeys.has(key.dataset.key));
};
function tried(...keys) {
  for (const key of keys) triedKeys.add(key);
  localStorage.setItem(TOUR, [...triedKeys].join(''));
  showTour();
}
document.getElementById('tour-close')?.addEventListener('click', () => tried(...'jstlnu'));
showTour();

list?.addEventListener('focusin', () => focused() && rove(focused()));
// On the page of a call j and k go on through this list.
sessionStorage.setItem(
  'calls-order',
  JSON.stringify(rows().map((row) => row.querySelector('a.open').pathname)),
);
if (rows()[0]) rows()[0].tabIndex = 0;
showBeside(rows()[0]);

// By key or by mouse: what is decided can be undone, and what is undone is not decided any more.
document.body.addEventListener('htmx:beforeRequest', ({ detail: { elt, target, xhr } }) => {
  if (!elt.matches('.decide, .undo')) return;
  madeAs.set(xhr, (made += 1));
  forget(target.id);
  if (elt.matches('.undo')) return;
  decided.push(target.id);
  storing.add(target.id);
});

// A row that comes back keeps the focus that was in it, or gets the one that waits for it.
document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.contains(document.activeElement)) wanted = detail.target.id;
  answering = madeAs.get(detail.xhr) ?? 0;
});
// Answers come in any order: one that comes late does not take the place of what was said of a later decision.
document.body.addEventListener('htmx:oobBeforeSwap', ({ detail }) => {
  if (detail.target !== said) return;
  if (answering < saidOf && !detail.fragment.querySelector('[data-overtaken]')) detail.shouldSwap = false;
  else saidOf = answering;
});
document.body.addEventListener(
  'htmx:afterSwap',
  ({
    detail: {
      target: { id },
    },
  }) => {
    const row = wanted && rowIn(document.getElementById(wanted));
    wanted = null;
    if (row) go(row);
    else if (!focused() && last) rowIn(document.getElementById(last))?.setAttribute('tabindex', '0');
    // What another decided meanwhile stands in the row, and is not ours to undo.
    const overtaken = said.querySelector('[data-overtaken]');
    said.classList.toggle('failed', overtaken !== null);
    if (overtaken?.dataset.overtaken === id) forget(id);
  },
);
// Its buttons work by then.
document.body.addEventListener(
  'htmx:afterSettle',
  ({
    detail: {
      target: { id },
    },
  }) => {
    storing.delete(id);
    if (undoing.delete(id)) pressUndo(id);
  },
);
for (const failure of ['htmx:responseError', 'htmx:sendError']) {
  document.body.addEventListener(failure, ({ detail }) => {
    said.textContent = said.dataset.failed;
    said.classList.add('failed');
    const id = detail.target?.id;
    forget(id);
    go(rowIn(document.getElementById(id)));
  });
}

const keysOn = document.getElementById('keys-on');
if (keysOn) {
  keysOn.checked = !localStorage.getItem(KEYS_OFF);
  keysOn.addEventListener('change', () =>
    keysOn.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1'),
  );
  document.getElementById('keys-open').addEventListener('click', () => dialog.showModal());
}
