/**
 * Work in small steps, with what it gives at its end. Whoever runs them may do something else between two.
 */
export type Steps<T> = Generator<void, T>;

/** Runs all steps at once. */
export function toEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
