/**
 * Work in small steps, with a result. The caller may do something else between two steps; a step that yields
 * a promise goes on once it is fulfilled.
 */
export type Steps<T> = Generator<Promise<void> | void, T>;

/** Runs all steps at once. Throws if one waits for something, as only an index with an archive does. */
export function toEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value) throw new Error('steps that wait cannot be run at once: run them in time slices');
  }
}

/** Lets others have their turn: requests are answered, and locks of other jobs renewed. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Maximum turn: indexing calls, scoring a profile with all of them, or making a large sheet takes long. */
const SLICE_MS = 8;

/**
 * Runs steps to the end, in turns of a few milliseconds: in between, requests are answered and other jobs'
 * locks renewed. A step that yields a promise is waited for. Returns the steps' result; throws their errors,
 * and the reason of `signal` once it is aborted.
 */
export async function inTimeSlices<T>(steps: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value instanceof Promise) {
      // What has been waited for is taken first: a search that waited too long would wait again each time.
      await step.value;
      began = performance.now();
      continue;
    }
    if (performance.now() - began < SLICE_MS) continue;
    await nextTurn();
    signal?.throwIfAborted();
    began = performance.now();
  }
}

/** Does the same for each member of a list, in order, and returns the results. */
export function eachInTimeSlices<A, B>(all: readonly A[], make: (one: A) => B): Promise<B[]> {
  function* steps(): Generator<void, B[]> {
    const made: B[] = [];
    for (const one of all) {
      made.push(make(one));
      yield;
    }
    return made;
  }
  return inTimeSlices(steps());
}
