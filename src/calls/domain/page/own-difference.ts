import type { Change } from '../versions/diff.js';
import { changeDiff, textDiff, wholeDiff, type EditBudget, type Piece } from '../versions/text-diff.js';
import { CUTS, POINTERS, sentencesIn } from './conditions.js';

/** Where conditions, or documents, stand under a title of their own. */
const CONDITIONS = /^sections\.(?:general conditions|admissibility)\b/i;
const DOCUMENTS = /^sections\.(?:(?:call|additional|reference) )?documents?\b/i;
/** What is left of a heading where its text is one. */
const HEADING = /^\W*(?:general )?conditions\W*$/i;
/** An address, or the number of a footnote. */
const LINK = /https?:\/\/\S+|\[\d{1,3}\]/g;
/** A source's number for a part of its programme, which it gives no name: nobody reads it. */
const CODE = /^\d+$/;
/** The names of documents end in no full stop, or in that of a number. */
const SENTENCE = /[\p{L})”"’][.!?]$/u;
const FEWEST_WORDS = 4;

const isSentence = (text: string): boolean => SENTENCE.test(text) && text.split(/\s+/).length >= FEWEST_WORDS;

/** What conditions say of their own, a sentence a line, and all that stands in their list of documents. */
function parted(text: string): { own: string; documents: string } {
  const cuts = [...text.matchAll(CUTS)];
  const parts = [
    { at: 0, documents: false },
    ...cuts.map((cut) => ({ at: cut.index + cut[0].length, documents: cut.at(-1) !== undefined })),
  ].map(({ at, documents }, i) => ({ documents, text: text.slice(at, cuts[i]?.index ?? text.length) }));
  const all = (documents: boolean): string =>
    parts
      .filter((p) => p.documents === documents)
      .map((p) => p.text)
      .join('\n');
  return {
    own: sentencesIn(all(false))
      .filter((s) => ![HEADING, ...POINTERS].some((p) => p.test(s)))
      .join('\n'),
    documents: all(true),
  };
}

/** Of documents only whole sentences are news: some sources put a condition behind the last of them. */
function documentsDiff(from: string, to: string, budget: EditBudget | undefined): Piece[] {
  const sentences = (text: string): string => sentencesIn(text).filter(isSentence).join('\n');
  if (sentences(from) === sentences(to)) return [];
  const whole = wholeDiff(from, to, budget).filter(
    ({ op, text }) => op !== 'same' && isSentence(text.trim()),
  );
  return whole.length ? whole : textDiff(from, to, budget);
}

function conditionsDiff(from: string, to: string, budget: EditBudget | undefined): Piece[] {
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
 * The difference of a change without what stands in every call of its source: of conditions the sentences
 * that only point to annexes and the list of documents, of any text its links, of the parts of a programme
 * those that have a number alone. Empty where nothing else changed; null for what is no text.
 */
export function ownDiff(change: Change, budget?: EditBudget): Piece[] | null {
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

/** The changes that are news to a reader: not those of what stands in every call. */
export const withoutBoilerplate = (changes: Change[]): Change[] =>
  changes.filter((c) => !mayBeBoilerplate(c) || ownDiff(c)?.length !== 0);
