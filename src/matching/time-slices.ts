/** To index a batch of calls, or to score a profile with all of them, takes long. */
const SLICE_MS = 8;

/**
 * Goes through steps to their end, in turns of some milliseconds: in between requests are answered, and the
 * locks of other jobs renewed. Gives what the steps give; throws what they throw, and the reason of `signal`
 * once that is aborted.
 */
export async function inTimeSlices<T>(steps: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    signal?.throwIfAborted();
    began = performance.now();
  }
}
