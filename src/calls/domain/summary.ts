import { z } from 'zod';
import type { Restriction } from './requirements.js';
import { byLanguage, type Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';

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

/** What is stored of a call that says what it is about. */
export interface Summarised {
  written: WrittenSummary | null;
  /** The sentence of its text that says its objective; null if it has no text. */
  objective: string | null;
  content: { language: string };
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

/** As long as two sentences of a model. */
const LONGEST_QUOTED = 320;

/** Where a sentence or an item ends; "e.g." is no end. */
const ENDS = /(?:;|(?<=\p{L}{4}|\))\.)(?= )/gu;
/** Shorter, it says too little: it is rather cut within a sentence. */
const SHORTEST_QUOTED = 140;

/** Returns what is shown of a sentence of a call, as long as one reads at a glance: whole items of a list. */
export function quotedSentence(objective: string): string {
  const plain = oneLine(objective)
    .replace(/(?<=^|[:;] )[•*–-] /g, '')
    .replace(/ (?=[.,;])/g, '')
    .replace(/[;,:]$/, '');
  const within = plain.length > LONGEST_QUOTED ? plain.slice(0, LONGEST_QUOTED) : '';
  const end = [...within.matchAll(ENDS)].at(-1)?.index ?? 0;
  const shown =
    end < SHORTEST_QUOTED
      ? shortened(plain, LONGEST_QUOTED)
      : `${plain.slice(0, end)}${plain[end] === '.' ? '.' : '…'}`;
  return /^\p{Ll}/u.test(shown) ? `… ${shown}` : shown;
}

/** Returns what a call is about, for a reader of this language; null if nothing is known. */
export function summaryOf(
  { written, objective, content }: Summarised,
  language: Language,
): SummaryView | null {
  const sentences = (written?.sentences ?? []).map((sentence) => sentence[language]);
  if (sentences.length > 0) return { language, sentences, source: 'model' };
  if (objective === null) return null;
  return { language: content.language, sentences: [quotedSentence(objective)], source: 'quoted' };
}

/** Returns what a call is about as plain text; a quoted sentence is marked. */
export const summaryText = ({ sentences, source }: SummaryView, language: Language): string => {
  const [t, said] = [translateTo(language), sentences.join(' ')];
  return source === 'model' ? said : `${t('summary.quoted')} ${t('text.quote', { text: said })}`;
};
