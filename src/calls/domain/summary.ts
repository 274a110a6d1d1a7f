import { z } from 'zod';
import type { Restriction } from './requirements.js';
import { byLanguage, type Language } from '../../kernel/language.js';

/** A sentence that a language model wrote about a call, and the words of the call that prove it. */
const WrittenSentence = byLanguage(z.string().min(1)).extend({ quote: z.string().min(1) });
export type WrittenSentence = z.infer<typeof WrittenSentence>;

/**
 * What a language model answered when it was asked what a call is about: at most two sentences, or why none
 * was accepted. It holds for the text it was written from: storing another text removes it.
 */
export interface WrittenSummary {
  model: string;
  prompt: number;
  /** How often this model was asked with this prompt, and when it last answered. */
  times: number;
  at: string;
  /** Why its last answer was refused; null if it was accepted. */
  refused: string | null;
  /** Those accepted last, of another model or prompt too. */
  sentences: WrittenSentence[];
  /** The sentences of the call that it found to bind who answers. */
  binding: Restriction[];
}

/** What a call is about, as shown: by a language model, or quoted from its text. */
export const SummaryView = z
  .object({
    language: z.string().length(2).describe('of the sentences; a quoted one is in the language of the call'),
    sentences: z.array(z.string()).min(1).max(2),
    source: z
      .enum(['model', 'quoted'])
      .describe('written by the language model that reads calls, or quoted from the text'),
  })
  .meta({ id: 'SummaryOfCall' });
export type SummaryView = z.infer<typeof SummaryView>;

/** Returns what a call is about, for a reader of this language; null if nothing is known. */
export function summaryOf(
  { written }: { written: WrittenSummary | null },
  language: Language,
): SummaryView | null {
  const sentences = (written?.sentences ?? []).map((sentence) => sentence[language]);
  return sentences.length > 0 ? { language, sentences, source: 'model' } : null;
}
