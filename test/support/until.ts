import { OrderedQueue } from './queue/ordered-queue.js';

/**
 * For what never comes, and nothing else: a machine with six times as much to do takes a minute for five
 * seconds' work.
 */
const PATIENCE_MS = 240_000;

/**
 * Works off the jobs of every application of this file, until none is left; says how many tries that took.
 */
export async function worked(): Promise<number> {
  let all = 0;
  for (let tries = -1; tries !== 0; all += tries) {
    tries = 0;
    for (const queue of OrderedQueue.open()) tries += await queue.run();
  }
  return all;
}

/**
 * Works off the jobs that there are, asks, and fails with what was asked for and the answer where it is none:
 * nothing more happens by itself. Beside processes and workers of their own it asks again and again.
 */
export async function until<T>(what: string, ask: () => Promise<T | false | null | undefined>): Promise<T> {
  if (!OrderedQueue.open().length) return eventually(what, ask);
  for (;;) {
    await worked();
    const { answer, last } = await answered(ask);
    if (answer) return answer;
    // What was asked may have made work itself, as a look at what is due does.
    if (!(await worked()))
      throw new Error(`no job is left, and still waiting for ${what}; last seen: ${last}`);
  }
}

/**
 * Asks again and again, where what is waited for happens beside the test: in another process, in a request,
 * in the background.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | false | null | undefined>,
): Promise<T> {
  const from = Date.now();
  for (;;) {
    const { answer, last } = await answered(ask);
    if (answer) return answer;
    if (Date.now() - from > PATIENCE_MS)
      throw new Error(`waited ${PATIENCE_MS} ms for ${what}; last seen: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function answered<T>(
  ask: () => Promise<T | false | null | undefined>,
): Promise<{ answer: T | false | null | undefined; last: string }> {
  try {
    const answer = await ask();
    return { answer, last: JSON.stringify(answer) };
  } catch (error) {
    return { answer: null, last: (error as Error).message };
  }
}
