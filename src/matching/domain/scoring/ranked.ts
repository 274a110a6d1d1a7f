import type { MatchScore } from './match.js';

export interface RankedCall {
  id: string;
  match: MatchScore;
}

/** The best first; of as many points in the order of their ids. */
export const byScore = (a: RankedCall, b: RankedCall): number =>
  b.match.score - a.match.score || (a.id < b.id ? -1 : 1);

/**
 * Which calls are to be ranked: those of these ids, those with so many points, the best so many. Left out:
 * all that score above 0.
 */
export interface Wanted {
  only?: ReadonlySet<string> | undefined;
  floor?: number | undefined;
  limit?: number | undefined;
  also?: Beside | undefined;
}

/**
 * Calls that are ranked though they are no match by words and meaning alone: the best so many of some, and
 * all of others.
 */
export interface Beside {
  of: ReadonlySet<string>;
  most: number;
  always: ReadonlySet<string>;
}

/**
 * How a profile's words score in each call, before points are made of it. Good as long as no call is put or
 * removed.
 */
export interface RawScores {
  /**
   * By the call's number (see `numberOf`); 0 or nothing where nothing was found, or no call has that number.
   */
  raw: ArrayLike<number>;
  /** How much of the profile's vocabulary stands in each call, by its number, as `raw` is. */
  shared: ArrayLike<number>;
  /** The same of one call without some of the competences. */
  sharedWithout(id: string, competences: ReadonlySet<string>): number;
  /** The ids by number. */
  ids: readonly (string | undefined)[];
  /** The match with one call, with all evidence; null where nothing was found. */
  matchFor(id: string): MatchScore | null;
  /**
   * The competences that a word of the call excludes, whether anything of them was found or not, with the
   * word and its place.
   */
  exclusionsIn(id: string): Exclusion[];
}

export type Exclusion = { competence: string } & NonNullable<MatchScore['competences'][number]['excludedBy']>;

/**
 * What words say of a call: the raw score of its phrases, and how much of the profile's vocabulary it holds.
 */
export interface WordUnits {
  raw: number;
  shared: number;
}

/** What the words of a profile say of a call, by its number. */
export const wordUnits = ({ raw, shared }: RawScores, number: number): WordUnits => ({
  raw: raw[number] ?? 0,
  shared: shared[number] ?? 0,
});
