import { z } from 'zod';
import { askedAs, type Message, promptOf } from './prompt.js';
import { type ReadableCall, type ReadableProfile, type Reading, reasonsIn, SaidReading } from './reading.js';

/** The accepted readings of an answer by institute, and the refused ones with the reason. */
interface CheckedAnswer {
  readings: Map<string, Reading>;
  refused: Map<string, string>;
}

const Answer = z.object({ readings: z.array(z.unknown()) });

/** Text that mail programs turn into a link. */
const ADDRESS = /:\/\/|\bwww\.|@/i;
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
      return JSON.parse(text);
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

/** In tokens, as counted by the model's server. */
export interface Usage {
  prompt: number;
  completion: number;
}

/** A language model that reads calls. */
export interface ReadingModel {
  /** The name its server uses. */
  readonly name: string;
  /** Returns its answer. Throws a CarnotError if there is none. */
  answer(messages: readonly Message[], signal?: AbortSignal): Promise<{ content: string; usage: Usage }>;
}

/**
 * The result of reading a call: the readings by institute, the institutes left to the built-in ranking with
 * the reason, and the tokens used.
 */
export interface CallRead {
  readings: Map<string, Reading>;
  left: Map<string, string>;
  usage: Usage;
}

/** Number of best calls read per profile: wanted calls are hardly ever further down. */
export const MOST_READ = 120;
/** A refused answer is requested once more only. */
export const MOST_TIMES = 2;

/** Reads one call for these institutes in one request. */
export async function readOnce(
  model: ReadingModel,
  call: ReadableCall,
  profiles: readonly ReadableProfile[],
  signal?: AbortSignal,
): Promise<CheckedAnswer & { usage: Usage }> {
  const { content, usage } = await model.answer(promptOf(call, profiles), signal);
  return {
    ...checkedAnswer(
      content,
      call,
      profiles.map(({ id }) => id),
    ),
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
  const usage: Usage = { prompt: 0, completion: 0 };
  let left = new Map(profiles.map(({ id }) => [id, 'not asked']));
  for (let time = 0; time < MOST_TIMES && left.size > 0; time += 1) {
    const asked = profiles.filter(({ id }) => left.has(id));
    const { readings: found, refused, usage: used } = await readOnce(model, call, asked, signal);
    usage.prompt += used.prompt;
    usage.completion += used.completion;
    found.forEach((reading, id) => readings.set(id, reading));
    left = refused;
  }
  return { readings, left, usage };
}
