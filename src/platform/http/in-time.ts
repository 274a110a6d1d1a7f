import pTimeout from 'p-timeout';
import { timedOut } from './http-errors.js';

/**
 * Does the work within so many milliseconds, or throws Timeout and calls it off; likewise where who asked
 * gives up.
 */
export async function inTime<T>(
  url: URL,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  givenUp?: AbortSignal,
): Promise<T> {
  givenUp?.throwIfAborted();
  const stop = new AbortController();
  try {
    // Left behind and not only aborted: undici heeds a signal once it is connected, not while a name is being
    // resolved.
    return await pTimeout(work(stop.signal), {
      milliseconds: ms,
      message: timedOut(url, ms),
      ...(givenUp && { signal: givenUp }),
    });
  } finally {
    stop.abort();
  }
}
