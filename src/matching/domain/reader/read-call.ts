import { checkedAnswer, type CheckedAnswer } from './checked-answer.js';
import { promptOf, type Message } from './prompt.js';
import type { Reading, ReadableCall, ReadableProfile } from './reading.js';

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
