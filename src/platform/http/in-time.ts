import pTimeout from 'p-timeout';
import { timedOut } from './http-errors.js';

/** Does the work within `ms` ms, or cancels it and throws Timeout; also cancels it if the caller gives up. */
export async function inTime<T>(
  url: URL,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  givenUp?: AbortSignal,
): Promise<T> {
  givenUp?.throwIfAborted();
  const stop = new AbortController();
  try {
    // Abandoned, not only aborted: undici obeys a signal once connected, but not while resolving a name.
    return await pTimeout(work(stop.signal), {
      milliseconds: ms,
      message: timedOut(url, ms),
      ...(givenUp && { signal: givenUp }),
    });
  } finally {
    stop.abort();
  }
}
