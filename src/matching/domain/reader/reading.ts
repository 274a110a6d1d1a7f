import { z } from 'zod';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { languageOfText } from '../drafting/guess-language.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { Language } from '../../../kernel/language.js';

/** The place of a quote in a call: the field's name as in evidence, and offsets into its text. */
export interface QuotePlace {
  field: string;
  start: number;
  end: number;
}

/** Returns a letter or digit as compared; empty for any other sign. */
function foldedLetter(letter: string): string {
  const folded = letter.normalize('NFKC').toLowerCase();
  return /[\p{L}\p{N}]/u.test(folded) ? folded : '';
}

/** Returns the letters and digits as compared, each with its offset in the text. */
function plainLetters(text: string): { plain: string; at: number[] } {
  const at: number[] = [];
  // A long page has few different letters, and each takes a microsecond.
  const folds = new Map<string, string>();
  let [plain, offset, gap] = ['', 0, true];
  for (const letter of text) {
    const folded = folds.get(letter) ?? foldedLetter(letter);
    folds.set(letter, folded);
    if (folded !== '') {
      plain += folded;
      for (let i = 0; i < folded.length; i += 1) at.push(offset);
      gap = false;
    } else if (!gap) {
      plain += ' ';
      at.push(offset);
      gap = true;
    }
    offset += letter.length;
  }
  return { plain, at };
}

/**
 * Returns a function that finds the place of a quote, looking at the call's text before its title; it returns
 * null if no field contains the quote in one piece. The text is read once for all quotes.
 */
export function placesIn({
  title,
  sections,
}: Pick<CallContent, 'title' | 'sections'>): (quote: string) => QuotePlace | null {
  const fields = [
    ...sections.map(({ text }, i) => ({ field: `sections.${i}`, text })),
    { field: 'title', text: title },
  ].map(({ field, text }) => {
    const { plain, at } = plainLetters(text);
    return { field, text, at, plain: ` ${plain} ` };
  });
  return (quote) => {
    const wanted = plainLetters(quote).plain.trim();
    if (wanted === '') return null;
    for (const { field, text, plain, at } of fields) {
      const found = plain.indexOf(` ${wanted} `);
      if (found < 0) continue;
      const last = at[found + wanted.length - 1]!;
      return { field, start: at[found]!, end: last + (text.codePointAt(last)! > 0xffff ? 2 : 1) };
    }
    return null;
  };
}

/**
 * How relevant a call is to an institute: it would be angry to miss it, it would look at the title in a list,
 * or neither.
 */
export const GRADES = ['wanted', 'partly', 'not'] as const;
export type Grade = (typeof GRADES)[number];

/** The reason in one sentence, in each language available. */
export type ReadReason = Partial<Record<Language, string>>;

/**
 * A language model's checked answer on one call for one institute: the quote occurs in the call. `not`
 * carries nothing else.
 */
export type Reading = { grade: 'wanted' | 'partly'; reason: ReadReason; quote: string } | { grade: 'not' };

/** The parts of a call that are read. `text` is the text of all sections, one per line. */
export interface ReadableCall {
  reference: string;
  title: string;
  typesOfAction: readonly string[];
  text: string;
}

/**
 * The parts of a profile that are read: the institute's competences and its language. No people, no notes.
 */
export type ReadableProfile = Pick<Profile, 'id' | 'name' | 'language' | 'competences'>;

/** The longest accepted reason, in characters: one sentence. */
const LONGEST_REASON = 400;
const LONGEST_QUOTE = 600;

/** One line of an answer. `reason` is in the institute's language, `reasonOther` in the other one. */
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
 * Models do not always write in the requested language: each sentence is assigned to the language it is in,
 * and to that one only.
 */
export function reasonsIn({ reason, reasonOther }: Pick<SaidReading, 'reason' | 'reasonOther'>): ReadReason {
  const said: ReadReason = {};
  for (const text of [reason, reasonOther]) if (text !== '') said[languageOfText(text)] ??= text;
  return said;
}

/** Returns the reason in that language, otherwise in the other one; null if there is none. */
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
 * The score ranges set by readings; the built-in ranking decides within them. A call that is partly wanted is
 * not reported.
 */
const SCORES: Record<Grade, { from: number; width: number }> = {
  wanted: { from: 70, width: 30 },
  partly: { from: 30, width: 9 },
  not: { from: 0, width: 15 },
};

/** The least score of a call that a model found wanted. */
export const WANTED_FROM = SCORES.wanted.from;

/** Returns the points a reading adds to or takes from a built-in score (both 0 to 100). */
export function readingPoints(grade: Grade, score: number): number {
  const { from, width } = SCORES[grade];
  return from + (width * score) / SPAN - score;
}

/** A stored reading: with its model, prompt version, time and the place of its quote. */
export type KeptReading = Reading & {
  model: string;
  prompt: number;
  at: Date;
  place: QuotePlace | null;
};
