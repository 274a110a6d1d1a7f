import { z } from 'zod';
import { storableJson } from '../../../kernel/storable.js';
import {
  placesIn,
  type ReadableCall,
  type ReadableProfile,
  type Reading,
  reasonsIn,
  SaidReading,
} from './reading.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { FEWEST_WORDS, Restriction } from '../../../calls/domain/requirements.js';
import { cutAtSentences } from '../../../calls/domain/visible-text.js';
import type { WrittenSentence } from '../../../calls/domain/summary.js';
import { Language } from '../../../kernel/language.js';
import { oneLine } from '../../../kernel/one-line.js';
import { languageOfText } from '../drafting/guess-language.js';
import { askedAs, type CallQuestion, promptOf } from './prompt.js';
import { ReadingModel, TokenUsage } from '../../../kernel/ports.js';

/** Text that mail programs turn into a link: addresses, and names of servers. */
const ADDRESS = /:\/\/|\bwww\.|@|[\p{L}\p{N}-]\.\p{L}{2}/iu;
/** A shorter quote may occur in any call by chance. */
const SHORTEST_QUOTE = 12;

/**
 * Returns the JSON in an answer, which may be fenced or surrounded by text and follow the model's reasoning;
 * undefined if there is none.
 */
function jsonIn(content: string): unknown {
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
const unmarked = (quote: string): string => quote.replace(/(^|\n)[^\S\n]*\|[^\S\n]?/g, '$1').trim();

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
const SummaryAnswer = z.object({ summaries: z.array(SaidSummary).length(1) });

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
interface SaidOfCall {
  sentences: WrittenSentence[];
  binding: SaidBinding[];
}

/** Returns those of the sentences that stand in a section in one piece, as they stand there. */
export const bindingIn = (
  said: readonly SaidBinding[],
  { sections }: Pick<CallContent, 'sections'>,
): Restriction[] => {
  const placeOf = placesIn({ title: '', sections });
  return said.flatMap(({ kind, quote }) => {
    const wanted = unmarked(quote);
    const place = wanted.split(/\s+/).length < FEWEST_WORDS ? null : placeOf(wanted);
    const section = sections[Number(place?.field.replace('sections.', ''))];
    if (!place || !section) return [];
    const { kind: where, title, text } = section;
    return [{ kind, quote: text.slice(place.start, place.end), section: where, title, part: null }];
  });
};

/**
 * Checks the summary in an answer. A sentence is kept, in both languages, if it is plain text, its numbers
 * are the call's and its quote stands in the call; if none is, the summary is refused.
 */
export function checkedSummary(content: string, call: ReadableCall): SaidOfCall | { refused: string } {
  const answer = SummaryAnswer.safeParse(jsonIn(content));
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

/** The accepted readings of an answer by institute, and the refused ones with the reason. */
interface CheckedAnswer {
  readings: Map<string, Reading>;
  refused: Map<string, string>;
}

const Answer = z.object({ readings: z.array(z.unknown()) });

function wrongWith(
  { grade, reason, reasonOther, quote }: SaidReading,
  stands: (quote: string) => boolean,
): string | null {
  if (grade === 'not') return null;
  if (reason === '') return 'the reason is missing';
  // The reason appears in e-mails: no text of a call may create a link there.
  if (ADDRESS.test(`${reason} ${reasonOther}`)) return 'the reason holds an address';
  return stands(quote) ? null : 'the quote does not stand in the call';
}

/**
 * Checks an answer against the request. An institute missing from it does not want the call. If the answer is
 * malformed, or names a pair that was not requested, all of it is refused.
 */
export function checkedAnswer(content: string, call: ReadableCall, asked: readonly string[]): CheckedAnswer {
  const none = (why: string): CheckedAnswer => ({
    readings: new Map(),
    refused: new Map(asked.map((id) => [id, why])),
  });
  const answer = Answer.safeParse(jsonIn(content));
  if (!answer.success) return none('the answer is not of the form');
  const [readings, refused] = [new Map<string, Reading>(), new Map<string, string>()];
  const stands = quotableFrom(call);
  for (const item of answer.data.readings) {
    const line = SaidReading.safeParse(item);
    if (!line.success) return none('the answer is not of the form');
    const { institute: id, grade, quote } = line.data;
    if (!asked.includes(id) || line.data.call !== askedAs(call))
      return none('the answer speaks of what nobody asked for');
    const wrong = readings.has(id) ? 'the answer names it twice' : wrongWith(line.data, stands);
    if (wrong !== null) refused.set(id, wrong);
    readings.set(
      id,
      grade === 'not' ? { grade } : { grade, reason: reasonsIn(line.data), quote: unmarked(quote) },
    );
  }
  for (const id of asked) if (!readings.has(id)) readings.set(id, { grade: 'not' });
  for (const id of refused.keys()) readings.delete(id);
  return { readings, refused };
}

/**
 * The result of reading a call: the readings by institute, the institutes left to the built-in ranking with
 * the reason, and the tokens used.
 */
export interface CallRead {
  readings: Map<string, Reading>;
  left: Map<string, string>;
  usage: TokenUsage;
}

/** Number of best calls read per profile: wanted calls are hardly ever further down. */
export const MOST_READ = 120;
/** A refused answer is requested once more only. */
export const MOST_TIMES = 2;

/** What one request brought: the readings, and the summary if it was asked for. */
export interface ReadOnce extends CheckedAnswer {
  summary: SaidOfCall | { refused: string } | null;
  usage: TokenUsage;
}

/** Asks all this of one call in one request. Each part of the answer is accepted or refused by itself. */
export async function readOnce(
  model: ReadingModel,
  call: ReadableCall,
  question: CallQuestion,
  signal?: AbortSignal,
): Promise<ReadOnce> {
  const { content, usage } = await model.answer(promptOf(call, question), signal);
  const asked = question.profiles.map(({ id }) => id);
  return {
    ...(asked.length > 0 ? checkedAnswer(content, call, asked) : { readings: new Map(), refused: new Map() }),
    summary: question.summary ? checkedSummary(content, call) : null,
    usage,
  };
}

/** Reads one call for all these institutes in one request; refused readings are requested once more. */
export async function readCall(
  model: ReadingModel,
  call: ReadableCall,
  profiles: readonly ReadableProfile[],
  signal?: AbortSignal,
): Promise<CallRead> {
  const readings = new Map<string, Reading>();
  const usage: TokenUsage = { prompt: 0, completion: 0 };
  let left = new Map(profiles.map(({ id }) => [id, 'not asked']));
  for (let time = 0; time < MOST_TIMES && left.size > 0; time += 1) {
    const asked = profiles.filter(({ id }) => left.has(id));
    const {
      readings: found,
      refused,
      usage: used,
    } = await readOnce(model, call, { profiles: asked, summary: false }, signal);
    usage.prompt += used.prompt;
    usage.completion += used.completion;
    found.forEach((reading, id) => readings.set(id, reading));
    left = refused;
  }
  return { readings, left, usage };
}
