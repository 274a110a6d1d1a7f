import { type ChangeObject, diffArrays, diffWordsWithSpace } from 'diff';
import { z } from 'zod';
import { type Change, isOpeningNote } from './diff.js';
import { cutAtHeadings, POINTERS, sentencesIn } from '../page/conditions.js';

/** A span of text that is in both versions, only in the old or only in the new one. */
export const Piece = z.object({ op: z.enum(['same', 'removed', 'added']), text: z.string() });
export type Piece = z.infer<typeof Piece>;

/** A replacement, either side of which may be empty; or text that both share. */
type Stretch = { same: string } | { removed: string; added: string };

/** A larger rewrite is easier to read as two versions side by side. */
const MOST_EDITS = 500;
/**
 * How many steps may still be taken. A text with n edits takes n² of them, however long it is. Diffs of one
 * page or message share a budget, which bounds their total time; once it is used up, texts are given as they
 * were and as they are.
 */
export interface DiffBudget {
  steps: number;
}
/** Some hundredths of a second: for one text, and for everything that is compared without a pause. */
const MOST_STEPS = 2 * MOST_EDITS ** 2;
export const diffBudget = (): DiffBudget => ({ steps: MOST_STEPS });
const CONTEXT = 8;
/** Fewer common words between two larger changes are usually a coincidence. */
const FEW_WORDS = 4;

const ELLIPSIS = '…';
const TEXTS = ['title', 'callTitle', 'destination'];

const paragraphsOf = (text: string): string[] => text.match(/[^\n]+\n?|\n/g) ?? [];
const wordsOf = (text: string): string[] => text.match(/(?<!\s)\s*\S+/g) ?? [];

function stretchesOf(parts: { value: string; added: boolean; removed: boolean }[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { value, added, removed } of parts) {
    const last = stretches.at(-1);
    if (!added && !removed) stretches.push({ same: value });
    else if (last && 'removed' in last) last[added ? 'added' : 'removed'] += value;
    else stretches.push({ removed: removed ? value : '', added: added ? value : '' });
  }
  return stretches;
}

/** Compares as far as the budget allows; undefined if there are more differences. */
function within<V>(
  budget: DiffBudget,
  compare: (options: { maxEditLength: number }) => ChangeObject<V>[] | undefined,
): ChangeObject<V>[] | undefined {
  const most = Math.min(MOST_EDITS, Math.floor(Math.sqrt(budget.steps)));
  const parts = compare({ maxEditLength: most });
  const edits = parts ? parts.filter((p) => p.added || p.removed).reduce((n, p) => n + p.count, 0) : most;
  budget.steps -= edits ** 2;
  return parts;
}

/** Compares by paragraph first, so that a new one costs one edit, then changed paragraphs by word. */
function compared(from: string, to: string, budget: DiffBudget): Stretch[] {
  const own = { steps: Math.min(budget.steps, MOST_STEPS) };
  const before = own.steps;
  const parts = within(own, (options) => diffArrays(paragraphsOf(from), paragraphsOf(to), options));
  const coarse = parts
    ? stretchesOf(parts.map((p) => ({ ...p, value: p.value.join('') })))
    : [{ removed: from, added: to }];
  const stretches = coarse.flatMap((stretch): Stretch[] => {
    if ('same' in stretch || !stretch.removed || !stretch.added) return [stretch];
    const words = within(own, (options) => diffWordsWithSpace(stretch.removed, stretch.added, options));
    return words ? stretchesOf(words) : [stretch];
  });
  budget.steps -= before - own.steps;
  return stretches;
}

interface WordCounts {
  removed: number;
  added: number;
}
const countWords = (stretch: Stretch): WordCounts =>
  'same' in stretch
    ? { removed: wordsOf(stretch.same).length, added: wordsOf(stretch.same).length }
    : { removed: wordsOf(stretch.removed).length, added: wordsOf(stretch.added).length };
const more = ({ removed, added }: WordCounts): number => Math.max(removed, added);

/** Merges unchanged runs, without the few words that two larger changes happen to share. */
function withoutCrumbs(stretches: Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  /** In the last change kept. Each word is counted once, however often that change grows. */
  let before: WordCounts = { removed: 0, added: 0 };
  for (const stretch of stretches) {
    const [changed, last] = [kept.at(-2), kept.at(-1)];
    if (last && 'same' in last && 'same' in stretch) {
      last.same += stretch.same;
      continue;
    }
    const words = countWords(stretch);
    if ('same' in stretch || !last || 'removed' in last || !changed || 'same' in changed) {
      kept.push(stretch);
      if ('removed' in stretch) before = words;
      continue;
    }
    const between = countWords(last);
    if (isCrumb(between.removed, more(before) + more(words))) {
      kept.splice(-2, 2, {
        removed: changed.removed + last.same + stretch.removed,
        added: changed.added + last.same + stretch.added,
      });
      before = {
        removed: before.removed + between.removed + words.removed,
        added: before.added + between.added + words.added,
      };
    } else {
      kept.push(stretch);
      before = words;
    }
  }
  return kept;
}

const isCrumb = (words: number, changedBeside: number): boolean =>
  words < FEW_WORDS && words * 2 < changedBeside;

/** Returns a full diff: without the additions it is the old text, without the removals the new one. */
export function wholeDiff(from: string, to: string, budget = diffBudget()): Piece[] {
  return withoutCrumbs(compared(from, to, budget)).flatMap((s): Piece[] =>
    'same' in s
      ? [{ op: 'same', text: s.same }]
      : [
          ...(s.removed ? [{ op: 'removed' as const, text: s.removed }] : []),
          ...(s.added ? [{ op: 'added' as const, text: s.added }] : []),
        ],
  );
}

/** Keeps the words of a long unchanged span next to changes, with an ellipsis for the rest. */
function shortened(text: string, changeBefore: boolean, changeBehind: boolean): string {
  const words = wordsOf(text);
  const [head, tail] = [changeBefore ? CONTEXT : 0, changeBehind ? CONTEXT : 0];
  // An ellipsis would be longer than the word or two it replaces.
  if (words.length <= head + tail + FEW_WORDS) return text;
  const end = tail ? words.slice(-tail).join('') + text.slice(text.trimEnd().length) : '';
  return `${words.slice(0, head).join('')}${head ? ' ' : ''}${ELLIPSIS}${end}`;
}

/**
 * Diffs a text word by word, with a few words around each change. A rewritten passage is shown as a whole,
 * and so is the entire text if the two have hardly anything in common, which also bounds the time it takes.
 */
export function textDiff(from: string, to: string, budget = diffBudget()): Piece[] {
  const pieces = wholeDiff(from, to, budget);
  return pieces.map((p, i) =>
    p.op === 'same' ? { ...p, text: shortened(p.text, i > 0, i < pieces.length - 1) } : p,
  );
}

/** Returns members removed from and added to a list; its order is irrelevant. */
export function listDiff(from: string[], to: string[]): Piece[] {
  const [before, after] = [new Set(from), new Set(to)];
  return [
    ...from.filter((m) => !after.has(m)).map((text) => ({ op: 'removed' as const, text })),
    ...to.filter((m) => !before.has(m)).map((text) => ({ op: 'added' as const, text })),
  ];
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isList = (value: unknown): value is string[] | null =>
  value === null || (Array.isArray(value) && value.every((m) => typeof m === 'string'));

/**
 * Diffs a change of a text or a list of words for display; null if a sentence describes it instead, or its
 * texts are no longer kept.
 */
export function changeDiff({ field, from, to }: Change, budget = diffBudget()): Piece[] | null {
  if (TEXTS.includes(field) || field.startsWith('sections.'))
    return isText(from) && isText(to) ? textDiff(from ?? '', to ?? '', budget) : null;
  if (from === null && to === null) return null;
  return isList(from) && isList(to) ? listDiff(from ?? [], to ?? []) : null;
}

/**
 * Shortens a difference for a page: all of it, or its first `most` characters, cut between two pieces or,
 * within a longer piece, between two words. `whole` says whether nothing was cut.
 */
export function shortDiff(pieces: Piece[], most: number): { pieces: Piece[]; whole: boolean } {
  const shown: Piece[] = [];
  let left = most;
  for (const piece of pieces) {
    if (piece.text.length <= left) {
      shown.push(piece);
      left -= piece.text.length;
      continue;
    }
    const cut = piece.text.lastIndexOf(' ', left);
    if (cut > 0) shown.push({ ...piece, text: `${piece.text.slice(0, cut)}…` });
    return { pieces: shown, whole: false };
  }
  return { pieces: shown, whole: true };
}

/** Titles of separate sections for conditions or documents. */
const CONDITIONS = /^sections\.(?:general conditions|admissibility)\b/i;
const DOCUMENTS = /^sections\.(?:(?:call|additional|reference) )?documents?\b/i;
/** What remains of a heading that is itself a text. */
const HEADING = /^\W*(?:general )?conditions\W*$/i;
/** A URL, or a footnote's number. */
const LINK = /https?:\/\/\S+|\[\d{1,3}\]/g;
/** A source's number for an unnamed part of its programme: nobody reads it. */
const CODE = /^\d+$/;
/** Names of documents do not end in a full stop, except after a number. */
const SENTENCE = /[\p{L})”"’][.!?]$/u;
const FEWEST_WORDS = 4;

const isSentence = (text: string): boolean => SENTENCE.test(text) && text.split(/\s+/).length >= FEWEST_WORDS;

/** The sentences specific to the conditions, one per line, and everything in their list of documents. */
function parted(text: string): { own: string; documents: string } {
  const parts = cutAtHeadings(text);
  const all = (documents: boolean): string =>
    parts
      .filter((p) => (p.part === 'documents') === documents)
      .map((p) => p.text)
      .join('\n');
  return {
    own: sentencesIn(all(false))
      .filter((s) => ![HEADING, ...POINTERS].some((p) => p.test(s)))
      .join('\n'),
    documents: all(true),
  };
}

/** In documents, only whole sentences are news: some sources put a condition after the last one. */
function documentsDiff(from: string, to: string, budget: DiffBudget | undefined): Piece[] {
  const sentences = (text: string): string => sentencesIn(text).filter(isSentence).join('\n');
  if (sentences(from) === sentences(to)) return [];
  const whole = wholeDiff(from, to, budget).filter(
    ({ op, text }) => op !== 'same' && isSentence(text.trim()),
  );
  return whole.length ? whole : textDiff(from, to, budget);
}

function conditionsDiff(from: string, to: string, budget: DiffBudget | undefined): Piece[] {
  const [before, after] = [parted(from), parted(to)];
  return [
    ...(before.own === after.own ? [] : textDiff(before.own, after.own, budget)),
    ...documentsDiff(before.documents, after.documents, budget),
  ];
}

const withoutCodes = (list: unknown): unknown[] =>
  ((list ?? []) as unknown[]).filter((one) => typeof one !== 'string' || !CODE.test(one));
const withoutLinks = (text: string): string => text.replace(LINK, '').replace(/\s+/g, ' ').trim();

/**
 * Diffs a change without what appears in every call of its source: sentences of the conditions that only
 * refer to annexes, their list of documents, the links of any text, and unnamed parts of a programme. Empty
 * if nothing else changed; null if it is not text.
 */
export function ownDiff(change: Change, budget?: DiffBudget): Piece[] | null {
  if (change.field === 'divisions')
    return changeDiff({ ...change, from: withoutCodes(change.from), to: withoutCodes(change.to) }, budget);
  const [from, to] = [change.from ?? '', change.to ?? ''];
  if (!change.field.startsWith('sections.') || typeof from !== 'string' || typeof to !== 'string')
    return changeDiff(change, budget);
  if (change.kind === 'conditions' || CONDITIONS.test(change.field)) return conditionsDiff(from, to, budget);
  if (DOCUMENTS.test(change.field)) return documentsDiff(from, to, budget);
  return withoutLinks(from) === withoutLinks(to) && from !== '' && to !== ''
    ? []
    : changeDiff(change, budget);
}

const mayBeBoilerplate = ({ kind, field }: Change): boolean =>
  field === 'divisions' || (field.startsWith('sections.') && kind !== 'details');

/**
 * Returns the changes that are news to a reader, without boilerplate. Texts with more differences than may be
 * looked for are news.
 */
export function withoutBoilerplate(changes: Change[]): Change[] {
  const budget = diffBudget();
  return changes.filter(
    (c) => !isOpeningNote(c) && (!mayBeBoilerplate(c) || ownDiff(c, budget)?.length !== 0),
  );
}
