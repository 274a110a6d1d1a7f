import { checkedAnswer } from './checked-answer.js';
import { promptOf, type Message } from './prompt.js';
import type { Reading, ReadableCall, ReadableProfile } from './reading.js';

/** In tokens, as the model's server counts them. */
export interface Usage {
  prompt: number;
  completion: number;
}

/** A language model that reads. */
export interface ReadingModel {
  /** As its server calls it. */
  readonly name: string;
  /** Its answer. Throws a CarnotError where there is none. */
  answer(messages: readonly Message[], signal?: AbortSignal): Promise<{ content: string; usage: Usage }>;
}

/** What came of reading a call: the readings by institute, those that are left to the built-in ranking with the reason, and what it took. */
export interface CallRead {
  readings: Map<string, Reading>;
  left: Map<string, string>;
  usage: Usage;
}

/** What is wrong is asked for once more, and no further. */
const TIMES = 2;

/** Reads one call for all these institutes in one request; those of whom no answer holds are asked for once more. */
export async function readCall(
  model: ReadingModel,
  call: ReadableCall,
  profiles: readonly ReadableProfile[],
  signal?: AbortSignal,
): Promise<CallRead> {
  const readings = new Map<string, Reading>();
  const usage: Usage = { prompt: 0, completion: 0 };
  let left = new Map(profiles.map(({ id }) => [id, 'not asked']));
  for (let time = 0; time < TIMES && left.size > 0; time += 1) {
    const asked = profiles.filter(({ id }) => left.has(id));
    const { content, usage: used } = await model.answer(promptOf(call, asked), signal);
    usage.prompt += used.prompt;
    usage.completion += used.completion;
    const { readings: found, refused } = checkedAnswer(
      content,
      call,
      asked.map(({ id }) => id),
    );
    found.forEach((reading, id) => readings.set(id, reading));
    left = refused;
  }
  return { readings, left, usage };
}
