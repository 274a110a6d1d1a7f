import { editDistance } from '../../../kernel/nearest.js';
import { bare } from '../../../kernel/stem.js';
import type { Steps } from '../../../kernel/time-slices.js';

/** A word that calls or terms contain, and how many calls do. */
export interface KnownWord {
  word: string;
  calls: number;
  /** Whether it may be two words that a source ran together: "IntroductionHE". */
  glued?: boolean;
}
/** The known words that an unknown one may stand for, the best first. */
export interface Spelling {
  /** Whether the known words begin with it, rather than being spelled nearly like it. */
  begins: boolean;
  words: string[];
  /** At most so many calls contain a word that begins with it. */
  calls: number;
}

/** The shortest beginning of a word, and the most words that are taken for one. */
const [SHORTEST, MOST] = [3, 3];
/** Words compared per step. */
const AT_A_TIME = 2_000;

/** Slips in a word of that length: a short word with two slips is another word. */
export const slipsIn = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/** Those in most calls first; the order in which words became known must not matter. */
const byCalls = (a: KnownWord, b: KnownWord): number =>
  b.calls - a.calls || a.word.length - b.word.length || (a.word < b.word ? -1 : 1);

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
    const slips = most === 0 ? Infinity : editDistance(typed, word, most);
    if (slips <= most) near.push({ ...one, slips });
  }
  const [first] = near.sort((a, b) => a.slips - b.slips || byCalls(a, b));
  const all = begun.length ? begun.sort(byCalls) : near.filter(({ slips }) => slips === first!.slips);
  const whole = all.filter(({ glued }) => !glued);
  const words = whole.length ? whole : all;
  return {
    begins: begun.length > 0,
    words: [...new Set(words.map(({ word }) => word))].slice(0, MOST),
    calls: begun.reduce((sum, { calls }) => sum + calls, 0),
  };
}
