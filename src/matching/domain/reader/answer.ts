import { z } from 'zod';
import { storableJson } from '../../../kernel/storable.js';
import type { ReadableCall } from './reading.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { FEWEST_WORDS, Restriction } from '../../../calls/domain/requirements.js';
import { cutAtSentences } from '../../../calls/domain/sentences.js';
import type { WrittenSentence } from '../../../calls/domain/summary.js';
import { Language } from '../../../kernel/language.js';
import { oneLine } from '../../../kernel/one-line.js';
import { languageOfText } from '../drafting/guess-language.js';
import { askedAs } from './prompt.js';
import { placeOfQuote } from './quote-place.js';

/** Text that mail programs turn into a link: addresses, and names of servers. */
export const ADDRESS = /:\/\/|\bwww\.|@|[\p{L}\p{N}-]\.\p{L}{2}/iu;
/** A shorter quote may occur in any call by chance. */
const SHORTEST_QUOTE = 12;

/**
 * Returns the JSON in an answer, which may be fenced or surrounded by text and follow the model's reasoning;
 * undefined if there is none.
 */
export function jsonIn(content: string): unknown {
  const said = content.slice(content.lastIndexOf('</think>') + 1);
  const [from, to] = [said.indexOf('{'), said.lastIndexOf('}')];
  for (const text of [said, said.slice(from, to + 1)]) {
    try {
      return storableJson(text);
    } catch {
      // Retried without the surrounding text.
    }
  }
  return undefined;
}

/** Returns letters and digits only, whatever the case, spaces, quotation marks and hyphens. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Returns a check whether a quote occurs in the call; if it has several pieces (…), whether all of them do,
 * in this order.
 */
export function quotableFrom({
  title,
  text,
}: Pick<ReadableCall, 'title' | 'text'>): (quote: string) => boolean {
  const whole = ` ${plain(`${title}\n${text}`)} `;
  return (quote) => {
    const pieces = quote
      .split(/\u2026|\.{3,}|\[\.*\]/)
      .map(plain)
      .filter((piece) => piece !== '');
    if (pieces.join(' ').length < SHORTEST_QUOTE) return false;
    let at = 0;
    return pieces.every((piece) => {
      const found = whole.indexOf(` ${piece} `, at);
      at = found + piece.length;
      return found >= 0;
    });
  };
}

/** Removes the marks before the lines of a call, if they were copied with it. */
export const unmarked = (quote: string): string => quote.replace(/(^|\n)[^\S\n]*\|[^\S\n]?/g, '$1').trim();

const MOST_SENTENCES = 2;
/** In characters; 25 words have about 160. */
const LONGEST_SENTENCE = 320;
const LONGEST_QUOTE = 600;
const Text = z
  .string()
  .max(MOST_SENTENCES * LONGEST_SENTENCE)
  .transform(oneLine);

/** A call hardly ever has more; of a longer list all are left out. */
const MOST_BINDING = 20;
const LONGEST_BINDING = 1_500;
const SaidBinding = Restriction.pick({ kind: true }).extend({ quote: z.string().max(LONGEST_BINDING) });
type SaidBinding = z.infer<typeof SaidBinding>;

/**
 * The summary of one call in an answer: the same sentences in each language, and the quotes that prove
 * them.
 */
const SaidSummary = z.object({
  call: z.string(),
  fr: Text,
  en: Text,
  quotes: z.array(z.string().max(LONGEST_QUOTE)).max(MOST_SENTENCES),
  binding: z.array(SaidBinding.nullable().catch(null)).max(MOST_BINDING).catch([]),
});
const Answer = z.object({ summaries: z.array(SaidSummary).length(1) });

/** Marks of HTML and Markdown, and control characters. */
const MARKUP = /[<>`*[\]|]|\p{C}/u;

const sentencesOf = (text: string, language: Language): string[] =>
  cutAtSentences(text, { start: 0, end: text.length }, language)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence !== '');

const numbersIn = (text: string): string[] => text.match(/\d+/g) ?? [];

/** Returns a check of one sentence in one language: what is wrong with it, or null. */
function faultIn({ title, text }: ReadableCall): (sentence: string, language: Language) => string | null {
  const known = new Set(numbersIn(`${title}\n${text}`));
  return (sentence, language) => {
    if (sentence.length > LONGEST_SENTENCE) return 'a sentence is too long';
    if (MARKUP.test(sentence) || ADDRESS.test(sentence)) return 'a sentence holds an address or marks';
    if (languageOfText(sentence) !== language) return 'a sentence is in another language';
    return numbersIn(sentence).every((number) => known.has(number))
      ? null
      : 'a sentence holds a number that the call does not';
  };
}

/** A summary that was accepted, and the sentences that are said to bind, not yet looked for in the call. */
export interface SaidOfCall {
  sentences: WrittenSentence[];
  binding: SaidBinding[];
}

/** Returns those of the sentences that stand in a section in one piece, as they stand there. */
export const bindingIn = (
  said: readonly SaidBinding[],
  { sections }: Pick<CallContent, 'sections'>,
): Restriction[] =>
  said.flatMap(({ kind, quote }) => {
    const wanted = unmarked(quote);
    const place =
      wanted.split(/\s+/).length < FEWEST_WORDS ? null : placeOfQuote(wanted, { title: '', sections });
    const section = sections[Number(place?.field.replace('sections.', ''))];
    if (!place || !section) return [];
    const { kind: where, title, text } = section;
    return [{ kind, quote: text.slice(place.start, place.end), section: where, title, part: null }];
  });

/**
 * Checks the summary in an answer. A sentence is kept, in both languages, if it is plain text, its numbers
 * are the call's and its quote stands in the call; if none is, the summary is refused.
 */
export function checkedSummary(content: string, call: ReadableCall): SaidOfCall | { refused: string } {
  const answer = Answer.safeParse(jsonIn(content));
  if (!answer.success) return { refused: 'the answer is not of the form' };
  const said = answer.data.summaries[0]!;
  if (said.call !== askedAs(call)) return { refused: 'the answer speaks of what nobody asked for' };
  const [fr, en] = [sentencesOf(said.fr, 'fr'), sentencesOf(said.en, 'en')];
  if (fr.length !== en.length || fr.length > MOST_SENTENCES)
    return { refused: 'the languages do not say the same number of sentences' };
  const [stands, fault] = [quotableFrom(call), faultIn(call)];
  const faults: string[] = [];
  const sentences = fr.flatMap((french, i): WrittenSentence[] => {
    const [one, quote] = [{ fr: french, en: en[i]! }, unmarked(said.quotes[i] ?? '')];
    const wrong =
      Language.options.map((language) => fault(one[language], language)).find((why) => why !== null) ??
      (stands(quote) ? null : 'the quote does not stand in the call');
    if (wrong !== null) faults.push(wrong);
    return wrong === null ? [{ ...one, quote }] : [];
  });
  if (sentences.length === 0) return { refused: faults[0] ?? 'there is no sentence' };
  return { sentences, binding: said.binding.filter((one) => one !== null) };
}
