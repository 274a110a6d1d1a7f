import { bare } from '../../../kernel/stem.js';
import type { Steps } from '../scoring/steps.js';

/** A word that calls or terms contain, and how many calls do. */
export interface KnownWord {
  word: string;
  calls: number;
}
/** The known words that an unknown one may stand for, the best first. */
export interface Spelling {
  /** Whether the known words begin with it, rather than being spelled nearly like it. */
  begins: boolean;
  words: string[];
}

/** The shortest beginning of a word, and the most words that are taken for one. */
const [SHORTEST, MOST] = [3, 3];
/** Words compared per step. */
const AT_A_TIME = 2_000;

/** Slips in a word of that length: a short word with two slips is another word. */
const slipsIn = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/**
 * Returns the number of letters left out, added, replaced or swapped with the next one (Damerau-Levenshtein
 * distance, no letter being moved twice); Infinity if it is above `most`.
 */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let k = 1; k <= b.length; k += 1) {
      const replaced = last[k - 1]! + Number(a[i - 1] !== b[k - 1]);
      const swapped = i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1];
      row.push(Math.min(last[k]! + 1, row[k - 1]! + 1, replaced, swapped ? before[k - 2]! + 1 : Infinity));
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length]! > most ? Infinity : last[b.length]!;
}

/**
 * Returns the known words that begin with a bare word, those in most calls first, or else those spelled
 * nearly like it. The first letter must be right: people rarely miss it, and few words are left to compare.
 */
export function* spellingOf(typed: string, known: Iterable<KnownWord>): Steps<Spelling> {
  const most = slipsIn(typed.length);
  const [begun, near]: [KnownWord[], (KnownWord & { slips: number })[]] = [[], []];
  let looked = 0;
  for (const one of known) {
    looked += 1;
    if (looked % AT_A_TIME === 0) yield;
    const word = /^[a-z]/.test(one.word) && !one.word.startsWith(typed[0]!) ? '' : bare(one.word);
    if (word[0] !== typed[0]) continue;
    if (typed.length >= SHORTEST && word.startsWith(typed)) begun.push(one);
    const slips = most === 0 ? Infinity : slipsBetween(typed, word, most);
    if (slips <= most) near.push({ ...one, slips });
  }
  const [first] = near.sort((a, b) => a.slips - b.slips || b.calls - a.calls);
  const words = begun.length
    ? begun.sort((a, b) => b.calls - a.calls || a.word.length - b.word.length)
    : near.filter(({ slips }) => slips === first!.slips);
  return { begins: begun.length > 0, words: [...new Set(words.map(({ word }) => word))].slice(0, MOST) };
}
