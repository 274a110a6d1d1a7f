import {
  changeDiff,
  diffBudget,
  type DiffBudget,
  type Piece,
  textDiff,
  wholeDiff,
} from '../versions/text-diff.js';
import type { Change } from '../versions/diff.js';
import { cutAtHeadings, POINTERS, sentencesIn } from './conditions.js';

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
  return changes.filter((c) => !mayBeBoilerplate(c) || ownDiff(c, budget)?.length !== 0);
}
