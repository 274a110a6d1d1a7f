import { z } from 'zod';
import { Language } from '../../../kernel/language.js';
import { GRADES } from '../reader/reading.js';
import { SignalName } from '../signals/signal-name.js';

/** What a language model said of the pair. Of a call that is not wanted it gives no reason. */
export const ReadingEvidence = z.object({
  grade: z.enum(GRADES),
  reason: z.partialRecord(Language, z.string()).optional().describe('in each language in which it was said'),
  quote: z.string().optional().describe('words of the call'),
  model: z.string(),
  prompt: z.number().int().describe('the version of the prompt'),
  at: z.iso.datetime(),
});
export type ReadingEvidence = z.infer<typeof ReadingEvidence>;

/**
 * One reason: what of the profile was found, where it stands in the call, and how much of the score it
 * brings.
 */
export const Evidence = z.object({
  /** Left out: the profile's words. */
  signal: SignalName.optional(),
  /** Empty where the signal is no competence's. */
  competence: z.string(),
  /**
   * The profile's word or phrase that was found; of a past project its acronym and title, of a verdict the
   * other call's title, the type of action (ACTION_SHORTS), to whom the call is addressed (ADDRESSEES), and
   * which model read it.
   */
  term: z.string(),
  /**
   * Where in the call: `title`, `keywords`, `destination`, `callTitle`, `parentTopic`, `project`, or
   * `sections.N`; of a verdict `calls.` and the other call's id.
   */
  field: z.string(),
  /**
   * Every place, as UTF-16 offsets into that field's text: text.slice(start, end) is what was found. None
   * where no single words carry the reason.
   */
  spans: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
  /**
   * Points of the score; those of a verdict, of a reading and of a type of action may be below 0, those of
   * addressees are. All contributions of a match sum to its score.
   */
  contribution: z.number(),
  /**
   * Of a type of action: the institute's projects of it, of so many of a known type, and the share of it in
   * all imported projects.
   */
  habit: z
    .object({ own: z.number().int(), of: z.number().int(), usual: z.number().min(0).max(1) })
    .optional(),
  /** Of the signal `reading`. */
  reading: ReadingEvidence.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const CompetenceScore = z.object({
  competence: z.string(),
  /** Points of the match's score that come through this competence. */
  score: z.number(),
  /** The exclusion of this competence that the call holds, with the place; its score is then 0. */
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
