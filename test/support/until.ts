import { OrderedQueue } from './queue/ordered-queue.js';

/** Only for what never comes: a machine with six times the load takes a minute for five seconds' work. */
const PATIENCE_MS = 240_000;

/** Runs the jobs of every application of this file until none is left; returns the number of tries. */
export async function worked(): Promise<number> {
  let all = 0;
  for (let tries = -1; tries !== 0; all += tries) {
    tries = 0;
    for (const queue of OrderedQueue.open()) tries += await queue.run();
  }
  return all;
}

/**
 * Runs the pending jobs, asks, and fails with the question and the answer if it is falsy: nothing more
 * happens by itself. With separate processes and workers it polls.
 */
export async function until<T>(what: string, ask: () => Promise<T | false | null | undefined>): Promise<T> {
  if (!OrderedQueue.open().length) return eventually(what, ask);
  for (;;) {
    await worked();
    const { answer, last } = await answered(ask);
    if (answer) return answer;
    // Asking may itself have created work, as a due check does.
    if (!(await worked()))
      throw new Error(`no job is left, and still waiting for ${what}; last seen: ${last}`);
  }
}

/**
 * Polls, for conditions that come about outside the test: in another process, a request or the background.
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
