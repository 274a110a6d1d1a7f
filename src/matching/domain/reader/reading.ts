import { z } from 'zod';
import { languageOfText } from '../drafting/guess-language.js';
import type { Profile } from '../../../profiles/domain/index.js';
import type { Language } from '../../../kernel/language.js';

/**
 * How far a call is for an institute: it would be angry to miss it, it would look at the title in a list, or
 * neither.
 */
export const GRADES = ['wanted', 'partly', 'not'] as const;
export type Grade = (typeof GRADES)[number];

/** Why, in one sentence, in each language in which it was said. */
export type ReadReason = Partial<Record<Language, string>>;

/**
 * What a language model said of one call for one institute, checked: the quote stands in the call. Of `not`
 * nothing more is said.
 */
export type Reading = { grade: 'wanted' | 'partly'; reason: ReadReason; quote: string } | { grade: 'not' };

/** What of a call is read. `text` is all that its sections say, a line each. */
export interface ReadableCall {
  reference: string;
  title: string;
  typesOfAction: readonly string[];
  text: string;
}

/**
 * What of a profile is read: what the institute can do, and in which language it is written to. No people, no
 * notes.
 */
export type ReadableProfile = Pick<Profile, 'id' | 'name' | 'language' | 'competences'>;

/** The longest reason that is taken, in characters: one sentence. */
const LONGEST_REASON = 400;
const LONGEST_QUOTE = 600;

/** One line of an answer. `reason` is in the institute's language, `reasonOther` the same in the other. */
export const SaidReading = z.object({
  institute: z.string(),
  call: z.string(),
  grade: z.enum(GRADES),
  reason: z.string().trim().max(LONGEST_REASON).default(''),
  reasonOther: z.string().trim().max(LONGEST_REASON).default(''),
  quote: z.string().trim().max(LONGEST_QUOTE).default(''),
});
export type SaidReading = z.infer<typeof SaidReading>;

/**
 * A model does not always write in the language that it was asked for: each sentence counts for the one that
 * it is in, and none for both.
 */
export function reasonsIn({ reason, reasonOther }: Pick<SaidReading, 'reason' | 'reasonOther'>): ReadReason {
  const said: ReadReason = {};
  for (const text of [reason, reasonOther]) if (text !== '') said[languageOfText(text)] ??= text;
  return said;
}

/** The reason for a reader of that language, else in the other one; null where there is none. */
export function reasonFor(
  reason: ReadReason,
  language: Language,
): { text: string; language: Language } | null {
  const other = language === 'fr' ? 'en' : 'fr';
  for (const one of [language, other] as const)
    if (reason[one] !== undefined) return { text: reason[one], language: one };
  return null;
}

const SPAN = 100;
/**
 * Where a reading sets a score: within which bounds, the built-in ranking decides. A call that is partly
 * wanted is not told.
 */
const SCORES: Record<Grade, { from: number; width: number }> = {
  wanted: { from: 70, width: 30 },
  partly: { from: 30, width: 9 },
  not: { from: 0, width: 15 },
};

/** The points that a reading adds to a score of the built-in ranking (both 0 to 100), or takes from it. */
export function readingPoints(grade: Grade, score: number): number {
  const { from, width } = SCORES[grade];
  return from + (width * score) / SPAN - score;
}
