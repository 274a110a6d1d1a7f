import { z } from 'zod';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { Affinity } from './affinity.js';
import type { PastProject } from '../semantic/pieces.js';
import { Language } from '../../../kernel/language.js';
import { GRADES } from '../reader/reading.js';

let names: readonly string[] = [];

/** Sets the known names, once the signals are plugged in. */
export function nameSignals(all: readonly string[]): void {
  names = all;
}

/** A signal of the score, by its name in evidence. */
export type SignalName = string;
export const SignalName = z.string().meta({
  // Evaluated when the API description is generated: the names are not yet known at load time.
  get enum() {
    return [...names];
  },
});

/** The matching input: a profile and its institute's past projects. */
export interface Matched {
  profile: Profile;
  projects?: readonly PastProject[];
  /** Habits by type of action, as far as the import gives the types. */
  affinity?: Affinity;
  /** Vectors of length 1 from the operator's own model, by competence label. */
  external?: ReadonlyMap<string, Float32Array>;
}

/** A language model's answer on the pair. It gives no reason for a call that is not wanted. */
export const ReadingEvidence = z.object({
  grade: z.enum(GRADES),
  reason: z.partialRecord(Language, z.string()).optional().describe('in each language in which it was said'),
  quote: z.string().optional().describe('words of the call'),
  model: z.string(),
  prompt: z.number().int().describe('the version of the prompt'),
  at: z.iso.datetime(),
});
export type ReadingEvidence = z.infer<typeof ReadingEvidence>;

/** One reason: what was found of the profile, where in the call, and its share of the score. */
export const Evidence = z.object({
  /** Omitted for the profile's words. */
  signal: SignalName.optional(),
  /** Empty if the signal belongs to no competence. */
  competence: z.string(),
  /**
   * The word or phrase of the profile that was found; for a past project its acronym and title, for a verdict
   * the other call's title; or the type of action (ACTION_SHORTS), the addressee (ADDRESSEES), or the model
   * that read the call.
   */
  term: z.string(),
  /**
   * The place in the call: `title`, `keywords`, `destination`, `callTitle`, `parentTopic`, `project`, or
   * `sections.N`; for a verdict `calls.` and the other call's id.
   */
  field: z.string(),
  /**
   * Every place, as UTF-16 offsets into that field's text: text.slice(start, end) is what was found. Empty if
   * the reason does not depend on single words.
   */
  spans: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
  /**
   * Points of the score; for a verdict, a reading or a type of action possibly below 0, for addressees
   * always. All contributions of a match sum to its score.
   */
  contribution: z.number(),
  /**
   * For a type of action: the institute's projects of it, its projects of known types, and the type's share
   * of all imported projects.
   */
  habit: z
    .object({ own: z.number().int(), of: z.number().int(), usual: z.number().min(0).max(1) })
    .optional(),
  /** For the signal `reading`. */
  reading: ReadingEvidence.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const CompetenceScore = z.object({
  competence: z.string(),
  score: z.number(),
  /** This competence's exclusion found in the call, with its place; its score is then 0. */
  excludedBy: z
    .object({ term: z.string(), field: z.string(), start: z.number(), end: z.number() })
    .nullable(),
});
export type CompetenceScore = z.infer<typeof CompetenceScore>;

/** How well one call fits one profile, 0 to 100. */
export const MatchScore = z.object({
  score: z.number().min(0).max(100),
  competences: z.array(CompetenceScore),
  evidence: z.array(Evidence),
});
export type MatchScore = z.infer<typeof MatchScore>;

/**
 * Returns a language model's answer on a match, with the points it adds or takes; null if it was not read.
 */
export function readingOf({
  evidence,
}: Pick<MatchScore, 'evidence'>): (ReadingEvidence & { points: number }) | null {
  const found = evidence.find((e) => e.signal === 'reading');
  return found?.reading ? { ...found.reading, points: found.contribution } : null;
}

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
