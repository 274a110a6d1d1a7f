import { diffArrays, diffWordsWithSpace } from 'diff';
import { z } from 'zod';
import type { Change } from './diff.js';

/** A span of text that is in both versions, only in the old or only in the new one. */
export const Piece = z.object({ op: z.enum(['same', 'removed', 'added']), text: z.string() });
export type Piece = z.infer<typeof Piece>;

/** A replacement, either side of which may be empty; or text that both share. */
type Stretch = { same: string } | { removed: string; added: string };

/**
 * The cost grows with the square of the edits: this many take some hundredths of a second, however long the
 * texts are. A larger rewrite is easier to read as two versions side by side.
 */
const MOST_EDITS = 500;
/**
 * How many edits may still be computed. Diffs of one request share a budget, which bounds their total time.
 */
export interface EditBudget {
  left: number;
}
/** For all passages of a text together. */
const MOST_EDITS_IN_ALL = 1_000;
const forOneText = (): EditBudget => ({ left: MOST_EDITS_IN_ALL });
/** Unchanged words shown around a change. */
const CONTEXT = 8;
/** Fewer common words between two larger changes are usually a coincidence. */
const FEW_WORDS = 4;

const ELLIPSIS = '…';
const TEXTS = ['title', 'callTitle', 'destination'];

const paragraphsOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
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

/** Compares by paragraph first, so that a new one costs one edit, then changed paragraphs by word. */
function compared(from: string, to: string, budget: EditBudget): Stretch[] {
  const parts = diffArrays(paragraphsOf(from), paragraphsOf(to), {
    maxEditLength: Math.min(budget.left, MOST_EDITS),
  });
  const coarse = parts
    ? stretchesOf(parts.map((p) => ({ ...p, value: p.value.join('') })))
    : [{ removed: from, added: to }];
  let left = Math.min(budget.left, MOST_EDITS_IN_ALL);
  return coarse.flatMap((stretch): Stretch[] => {
    if ('same' in stretch || !stretch.removed || !stretch.added) return [stretch];
    const most = Math.min(left, MOST_EDITS);
    const words = diffWordsWithSpace(stretch.removed, stretch.added, { maxEditLength: most });
    const spent = words ? words.filter((w) => w.added || w.removed).reduce((n, w) => n + w.count, 0) : most;
    left -= spent;
    budget.left -= spent;
    return words ? stretchesOf(words) : [stretch];
  });
}

const changedWords = ({ removed, added }: { removed: string; added: string }): number =>
  Math.max(wordsOf(removed).length, wordsOf(added).length);

/** Merges unchanged runs, without the few words that two larger changes happen to share. */
function withoutCrumbs(stretches: Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const stretch of stretches) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (!last || 'removed' in last) kept.push(stretch);
    else if ('same' in stretch) last.same += stretch.same;
    else if (
      before &&
      'removed' in before &&
      isCrumb(last.same, changedWords(before) + changedWords(stretch))
    ) {
      kept.splice(-2, 2, {
        removed: before.removed + last.same + stretch.removed,
        added: before.added + last.same + stretch.added,
      });
    } else kept.push(stretch);
  }
  return kept;
}

const isCrumb = (same: string, changedBeside: number): boolean =>
  wordsOf(same).length < FEW_WORDS && wordsOf(same).length * 2 < changedBeside;

/** Returns a full diff: without the additions it is the old text, without the removals the new one. */
export function wholeDiff(from: string, to: string, budget = forOneText()): Piece[] {
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
export function textDiff(from: string, to: string, budget = forOneText()): Piece[] {
  const pieces = wholeDiff(from, to, budget);
  return pieces.map((p, i) =>
    p.op === 'same' ? { ...p, text: shortened(p.text, i > 0, i < pieces.length - 1) } : p,
  );
}

/** Returns members removed from and added to a list; its order is irrelevant. */
export function listDiff(from: string[], to: string[]): Piece[] {
  return [
    ...from.filter((m) => !to.includes(m)).map((text) => ({ op: 'removed' as const, text })),
    ...to.filter((m) => !from.includes(m)).map((text) => ({ op: 'added' as const, text })),
  ];
}

const isList = (value: unknown): value is string[] | null =>
  value === null || (Array.isArray(value) && value.every((m) => typeof m === 'string'));

/** Diffs a change of a text or a list of words for display; null if a sentence describes it instead. */
export function changeDiff({ field, from, to }: Change, budget = forOneText()): Piece[] | null {
  if (TEXTS.includes(field) || field.startsWith('sections.'))
    return textDiff((from as string | null) ?? '', (to as string | null) ?? '', budget);
  if (from === null && to === null) return null;
  return isList(from) && isList(to) ? listDiff(from ?? [], to ?? []) : null;
}
