import { diffArrays, diffWordsWithSpace } from 'diff';
import { z } from 'zod';
import type { Change } from './diff.js';

/** A stretch of text that is in both, only in the former or only in the present one. */
export const Piece = z.object({ op: z.enum(['same', 'removed', 'added']), text: z.string() });
export type Piece = z.infer<typeof Piece>;

/** What stands in the place of another, either of them possibly nothing; or what both hold. */
type Stretch = { same: string } | { removed: string; added: string };

/**
 * The cost grows with the square of the edits: so many take some hundredths of a second, however long the
 * texts are. What was rewritten by more is easier to read in its two forms side by side.
 */
const MOST_EDITS = 500;
/**
 * How many edits may still be looked for. What is asked for together shares one, so that the time it takes
 * together is bounded.
 */
export interface EditBudget {
  left: number;
}
/** In all the passages of a text together. */
const MOST_EDITS_IN_ALL = 1_000;
const forOneText = (): EditBudget => ({ left: MOST_EDITS_IN_ALL });
/** Words of the unchanged text that are shown beside a change. */
const CONTEXT = 8;
/** Fewer words in common between two larger changes are most often an accident. */
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

/**
 * First by paragraphs, so that one that is new costs one edit; then, in those that have become others, by
 * words.
 */
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

/**
 * What stayed, as one stretch each, without the few words that two larger changes happen to have between
 * them.
 */
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

/** All of both texts: without what was added it is the former, without what was removed the present one. */
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

/** The words beside the changes of a long stretch that stayed, and an ellipsis for the others. */
function shortened(text: string, changeBefore: boolean, changeBehind: boolean): string {
  const words = wordsOf(text);
  const [head, tail] = [changeBefore ? CONTEXT : 0, changeBehind ? CONTEXT : 0];
  // An ellipsis for a word or two would be longer than they are.
  if (words.length <= head + tail + FEW_WORDS) return text;
  const end = tail ? words.slice(-tail).join('') + text.slice(text.trimEnd().length) : '';
  return `${words.slice(0, head).join('')}${head ? ' ' : ''}${ELLIPSIS}${end}`;
}

/**
 * What changed in a text, word by word, with a few words around each change. A passage that was rewritten is
 * told as a whole, and so is all of it where the two have hardly anything in common: that bounds the time it
 * takes, too.
 */
export function textDiff(from: string, to: string, budget = forOneText()): Piece[] {
  const pieces = wholeDiff(from, to, budget);
  return pieces.map((p, i) =>
    p.op === 'same' ? { ...p, text: shortened(p.text, i > 0, i < pieces.length - 1) } : p,
  );
}

/** The members that a list lost and those that it gained; the order of a list says nothing. */
export function listDiff(from: string[], to: string[]): Piece[] {
  return [
    ...from.filter((m) => !to.includes(m)).map((text) => ({ op: 'removed' as const, text })),
    ...to.filter((m) => !from.includes(m)).map((text) => ({ op: 'added' as const, text })),
  ];
}

const isList = (value: unknown): value is string[] | null =>
  value === null || (Array.isArray(value) && value.every((m) => typeof m === 'string'));

/**
 * A change of a text or of a list of words as a diff that a person can read; null for what is told in a
 * sentence instead.
 */
export function changeDiff({ field, from, to }: Change, budget = forOneText()): Piece[] | null {
  if (TEXTS.includes(field) || field.startsWith('sections.'))
    return textDiff((from as string | null) ?? '', (to as string | null) ?? '', budget);
  if (from === null && to === null) return null;
  return isList(from) && isList(to) ? listDiff(from ?? [], to ?? []) : null;
}
