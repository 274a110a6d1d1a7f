import { timedOut } from './http-errors.js';

/** Does the work within so many milliseconds, or throws Timeout and calls it off; likewise where who asked gives up. */
export async function inTime<T>(
  url: URL,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  givenUp?: AbortSignal,
): Promise<T> {
  givenUp?.throwIfAborted();
  const stop = new AbortController();
  let end: () => void = () => undefined;
  // Raced and not only aborted: undici heeds a signal once it is connected, not while a name is being resolved.
  const ended = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(timedOut(url, ms)), ms);
    const leave = (): void => reject(givenUp?.reason as Error);
    givenUp?.addEventListener('abort', leave);
    end = () => {
      clearTimeout(timer);
      givenUp?.removeEventListener('abort', leave);
    };
  });
  try {
    return await Promise.race([work(stop.signal), ended]);
  } finally {
    end();
    stop.abort();
  }
}
