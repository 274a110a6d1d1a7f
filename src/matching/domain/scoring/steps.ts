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
