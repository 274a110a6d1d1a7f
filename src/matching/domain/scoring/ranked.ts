import type { MatchScore } from './match.js';

export interface RankedCall {
  id: string;
  match: MatchScore;
}

/** Compares by points, best first; ties by id. */
export const byScore = (a: RankedCall, b: RankedCall): number =>
  b.match.score - a.match.score || (a.id < b.id ? -1 : 1);

/**
 * Which calls to rank: only these ids, at least this many points, at most this many calls. By default, all
 * that score above 0.
 */
export interface Wanted {
  only?: ReadonlySet<string> | undefined;
  floor?: number | undefined;
  limit?: number | undefined;
  also?: Beside | undefined;
}

/** Calls ranked even if words and meaning do not match: the `most` best of `of`, all of `always`. */
export interface Beside {
  of: ReadonlySet<string>;
  most: number;
  always: ReadonlySet<string>;
}

/**
 * The scores of a profile's words in each call, before conversion to points. Valid until a call is added or
 * removed.
 */
export interface RawScores {
  /** By call number (see `numberOf`); 0 or undefined if nothing was found or the number is unused. */
  raw: ArrayLike<number>;
  /** The share of the profile's vocabulary in each call, by number like `raw`. */
  shared: ArrayLike<number>;
  /** Returns the same for one call, leaving out some competences. */
  sharedWithout(id: string, competences: ReadonlySet<string>): number;
  /** The ids by call number. */
  ids: readonly (string | undefined)[];
  /** Returns the match with one call, with all evidence; null if nothing was found. */
  matchFor(id: string): MatchScore | null;
  /**
   * Returns the competences excluded by a word of the call, whether or not they were found, with the word and
   * its place.
   */
  exclusionsIn(id: string): Exclusion[];
}

export type Exclusion = { competence: string } & NonNullable<MatchScore['competences'][number]['excludedBy']>;

/** The word scores of a call: the raw score of its phrases, and its share of the profile's vocabulary. */
export interface WordUnits {
  raw: number;
  shared: number;
}

/** Returns the word scores of a call, by its number. */
export const wordUnits = ({ raw, shared }: RawScores, number: number): WordUnits => ({
  raw: raw[number] ?? 0,
  shared: shared[number] ?? 0,
});
