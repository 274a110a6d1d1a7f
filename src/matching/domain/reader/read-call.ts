import { TokenUsage, ReadingModel } from '../../../kernel/ports.js';
import { z } from 'zod';
import { ADDRESS, checkedSummary, jsonIn, quotableFrom, type SaidOfCall, unmarked } from './answer.js';
import { askedAs, type CallQuestion, promptOf } from './prompt.js';

import { type ReadableCall, type ReadableProfile, type Reading, reasonsIn, SaidReading } from './reading.js';

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
