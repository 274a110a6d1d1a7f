import type { Response } from 'express';
import { TooOften } from '../platform/access/rate-limit.js';
import type { Viewer } from './viewer.js';

/** Longer times are given in hours. */
const MOST_MINUTES = 90;

/** A sentence that says when to try again; also sets Retry-After for programs. */
export function comeBack(v: Viewer, response: Response, { retryAfterSeconds }: TooOften): string {
  response.setHeader('Retry-After', retryAfterSeconds);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return minutes > MOST_MINUTES
    ? v.t('too-often.hours', { hours: Math.ceil(minutes / 60) })
    : v.t('sign-in.too-often', { minutes });
}

/** The form errors if the rate limit is exceeded; null otherwise. */
export async function tooOften(
  v: Viewer,
  response: Response,
  take: () => Promise<void>,
): Promise<Record<string, string> | null> {
  try {
    await take();
    return null;
  } catch (error) {
    if (!(error instanceof TooOften)) throw error;
    return { '': comeBack(v, response, error) };
  }
}
