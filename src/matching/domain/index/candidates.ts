import type { Collection } from './collection.js';
import { noPosting, NUMBER_SHIFT, type Posting } from './postings.js';
import { type CompetenceQuery, finds, type FoundTerm } from '../scoring/query.js';
import type { Steps } from '../scoring/steps.js';
import type { Whereabouts } from './cached-term.js';

function eachNumber({ entries, length }: Posting, tell: (number: number) => void): void {
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const number = entries[i]! >>> NUMBER_SHIFT;
    if (number !== last) tell(number);
    last = number;
  }
}

function eachCall(
  { singles, hits }: Whereabouts,
  collection: Collection,
  tell: (number: number) => void,
): void {
  for (const stem of singles) eachNumber(collection.posting(stem) ?? noPosting, tell);
  for (let i = 0; i < hits.length; i += 1)
    if (hits.numbers[i] !== hits.numbers[i - 1]) tell(hits.numbers[i]!);
}

/** Returns the calls that contain enough of the label's words for the label to count as found. */
function holdingLabel({ terms, labelWordsNeeded }: CompetenceQuery, collection: Collection): number[] {
  if (labelWordsNeeded === Infinity) return [];
  const counts = new Map<number, number>();
  for (const stem of terms.labelStems) {
    eachNumber(collection.posting(collection.stemOf(stem) ?? -1) ?? noPosting, (n) =>
      counts.set(n, (counts.get(n) ?? 0) + 1),
    );
  }
  return [...counts].filter(([, count]) => count >= labelWordsNeeded).map(([n]) => n);
}

/**
 * Marks with 1 the calls that contain a keyword or the label of a competence and no exclusion; returns their
 * numbers, ascending.
 */
export function* chooseCalls(
  competence: CompetenceQuery,
  found: FoundTerm[],
  collection: Collection,
  marks: Uint8Array,
  allowed?: Uint8Array,
): Steps<Int32Array> {
  const chosen: number[] = [];
  const choose = (number: number): void => {
    if (marks[number] !== 0 || allowed?.[number] === 0) return;
    marks[number] = 1;
    chosen.push(number);
  };
  for (const term of found) if (finds(term.term)) eachCall(term.where, collection, choose);
  yield;
  holdingLabel(competence, collection).forEach(choose);
  for (const { where } of competence.exclusions())
    eachCall(where, collection, (number) => {
      marks[number] = 0;
    });
  yield;
  return Int32Array.from(chosen)
    .filter((number) => marks[number] === 1)
    .sort();
}
