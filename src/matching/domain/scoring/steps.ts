/** Work in small steps, with a result. The caller may do something else between two steps. */
export type Steps<T> = Generator<void, T>;

/** Runs all steps at once. */
export function toEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
