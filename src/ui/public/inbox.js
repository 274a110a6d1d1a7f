// The inbox by keyboard: each key presses a button or link of the row that also works without scripts.
const KEYS_OFF = 'inbox-keys-off';
const list = document.getElementById('inbox-rows');
const said = document.getElementById('inbox-flash');
const dialog = document.getElementById('keys');

/** The rows that are to be seen: not those folded below another. */
const rows = () =>
  [...document.querySelectorAll('.inbox-row')].filter((row) => !row.closest('details:not([open])'));
const rowIn = (item) => item?.querySelector('.inbox-row') ?? null;
const focused = () => document.activeElement?.closest?.('.inbox-row') ?? null;
const itemOf = (row) => row.closest('li').id;

/** The call of the row that last had the focus, while the focus is elsewhere. */
let last = null;
/** Rows decided on this page, for undo; the latest comes last. */
const decided = [];
/** Decided rows that are still being stored, and those to undo once they are. */
const storing = new Set();
const undoing = new Set();
/** By call: those that were decided on by the same press, which are undone together. */
const decidedWith = new Map();
/** The order of decisions by request, and the latest one whose outcome was shown. */
const madeAs = new WeakMap();
let made = 0;
let answering = 0;
let saidOf = 0;
/** The call whose row gets the focus once it is swapped back in. */
let wanted = null;
/** Whether a button is pressed by the code below, not by a person. */
let pressing = false;

function go(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
}

/** The pane next to the list, with the details of the current row. */
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

/** Makes one row reachable with Tab, highlighted as the shortcuts' target; j and k reach the others. */
function rove(row) {
  for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
  last = itemOf(row);
  showBeside(row);
}

/** Returns the row that has or last had the focus; on a new page the first, which is highlighted. */
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

/** Presses a button of the row and moves to the next undecided one without awaiting the response. */
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

/** Asks for the date; Enter in the field postpones the call. */
function askUntil(row) {
  const later = row.querySelector('.put-off');
  if (!later) return;
  later.open = true;
  later.querySelector('button').focus();
}

function closeWhy(row) {
  const why = row?.querySelector('.why[open], .put-off[open]');
  if (!why) return false;
  why.open = false;
  go(row);
  return true;
}

/** Tells the server how many calls a press is for, so that it says so. */
function pressedFor(n, rows) {
  for (const row of rows) row.querySelector('[name=together]').value = n;
}

function pressUndo(id) {
  const button = document.getElementById(id)?.querySelector('.undo button');
  if (!button) return;
  pressedFor(decidedWith.get(id)?.length ?? 1, [button.form]);
  wanted = id;
  pressing = true;
  button.click();
  pressing = false;
}

/** Undoes only the latest decision; if it is still being stored, waits for the row to come back. */
function undo(row) {
  const last = decided.at(-1) ?? (row && itemOf(row));
  const all = decidedWith.get(last)?.filter((id) => decided.includes(id) && decidedWith.has(id)) ?? [last];
  for (const id of all) {
    if (storing.has(id)) undoing.add(id);
    else pressUndo(id);
  }
  if (storing.has(last)) go(rowIn(document.getElementById(last)));
}

/** The calls folded below a row, which are decided on with it. */
const foldedBelow = (row) => {
  const below = row.closest('li').nextElementSibling;
  return below?.matches('.siblings') && !below.querySelector('details').open
    ? [...below.querySelectorAll('.inbox-row')]
    : [];
};
const boxOf = (row) => row?.querySelector('.choose');
/** Also what has been folded since. */
const chosen = () => [...document.querySelectorAll('.inbox-row')].filter((row) => boxOf(row)?.checked);
const withFolded = (some) => new Set(some.flatMap((row) => [row, ...foldedBelow(row)]));

/** Says how many calls are selected, with those folded below; a decision on one is a decision on all. */
function sayChosen() {
  const n = withFolded(chosen()).size;
  said.classList.remove('failed');
  said.textContent = n === 0 ? '' : `${said.dataset.chosen} ${n}`;
}

function choose(row) {
  if (!boxOf(row)) return;
  boxOf(row).checked = !boxOf(row).checked;
  sayChosen();
}

function letGoOfChosen() {
  for (const row of chosen()) boxOf(row).checked = false;
  sayChosen();
}

/** Opens or folds what stands below a row; from within, the row that it stands below gets the focus. */
function unfold(row, open) {
  const inside = row?.closest('.siblings');
  const below = inside ?? row?.closest('li').nextElementSibling;
  if (!below?.matches('.siblings')) return;
  below.querySelector('details').open = open;
  if (inside && !open) go(rowIn(inside.previousElementSibling));
}

// Pressing a button of a row presses the same one of all rows that are decided on with it.
list?.addEventListener('click', ({ target }) => {
  const button = target.closest('.decide button[name]');
  if (!button || pressing) return;
  const row = button.closest('.inbox-row');
  const all = withFolded(boxOf(row)?.checked ? chosen() : [row]);
  if (all.size === 1) return;
  const ids = [...all].map(itemOf);
  const asked = [...all].filter((other) => other.querySelector('.decide') && !storing.has(itemOf(other)));
  pressedFor(asked.length, asked);
  pressing = true;
  for (const other of all) {
    decidedWith.set(itemOf(other), ids);
    if (other === row || storing.has(itemOf(other))) continue;
    const until = other.querySelector('input[name=until]');
    if (until) until.value = row.querySelector('input[name=until]').value;
    other.querySelector(`.decide button[name="${button.name}"][value="${button.value}"]`)?.click();
  }
  pressing = false;
});
// What is folded below a row is undone with it, if the same was decided on it.
list?.addEventListener('click', ({ target }) => {
  const row = target.closest('.undo button')?.closest('.inbox-row');
  if (!row || pressing) return;
  const others = foldedBelow(row).filter((other) => other.dataset.decided === row.dataset.decided);
  pressedFor(others.length + 1, [row, ...others]);
  pressing = true;
  for (const other of others) other.querySelector('.undo button')?.click();
  pressing = false;
});
list?.addEventListener('change', ({ target }) => target.matches('.choose') && sayChosen());
list?.addEventListener(
  'toggle',
  ({ target }) => target.matches('.folds') && chosen().length > 0 && sayChosen(),
  true,
);

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  s: (row) => row && decide(row, row.querySelector('button[value=relevant]')),
  t: (row) => row && decide(row, row.querySelector('button[value=study]')),
  l: (row) => row && askUntil(row),
  n: (row) => row && askWhy(row),
  u: () => undo(present()),
  x: (row) => row && choose(row),
  ArrowRight: (row) => unfold(row, true),
  ArrowLeft: (row) => unfold(row, false),
  o: (row) => row?.querySelector('a.source')?.click(),
  '/': () => document.getElementById('f-q').focus(),
  '?': () => dialog?.showModal(),
};

const typing = (target) =>
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open) return;
  const row = current();
  if (event.key === 'Escape') return closeWhy(focused()) || letGoOfChosen();
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

// A tour of six keys, shown until each was pressed once or the list is closed.
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
// Lets j and k on the page of a call continue through this list.
sessionStorage.setItem(
  'calls-order',
  JSON.stringify(rows().map((row) => row.querySelector('a.open').pathname)),
);
if (rows()[0]) rows()[0].tabIndex = 0;
showBeside(rows()[0]);

// A filter acts as soon as it is changed; a date, once it is left, since it is typed in parts.
for (const form of document.querySelectorAll('.filters')) {
  form.addEventListener('change', ({ target }) => target.type !== 'date' && form.requestSubmit());
  form.addEventListener('focusout', ({ target }) => {
    if (target.type === 'date' && target.value !== target.defaultValue) form.requestSubmit();
  });
}
// What opened over the list closes when the user clicks elsewhere, or opens the other.
document.addEventListener('click', ({ target }) => {
  for (const drop of document.querySelectorAll('.toolbar .drop[open]'))
    if (!drop.contains(target)) drop.open = false;
});

// By key or by mouse: a decision can be undone, and an undone one no longer counts as decided.
document.body.addEventListener('htmx:beforeRequest', ({ detail: { elt, target, xhr } }) => {
  if (!elt.matches('.decide, .undo')) return;
  madeAs.set(xhr, (made += 1));
  forget(target.id);
  if (elt.matches('.undo')) return decidedWith.delete(target.id);
  decided.push(target.id);
  storing.add(target.id);
});

// A swapped row keeps the focus it had, or gets the focus if it is the wanted one.
document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.contains(document.activeElement)) wanted = detail.target.id;
  answering = madeAs.get(detail.xhr) ?? 0;
});
// Responses arrive in any order: a late one must not replace the message of a later decision.
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
    // A decision somebody else made in the meantime is shown in the row; it is not ours to undo.
    const overtaken = said.querySelector('[data-overtaken]');
    said.classList.toggle('failed', overtaken !== null);
    if (overtaken?.dataset.overtaken === id) forget(id);
  },
);
// By then its buttons work.
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
