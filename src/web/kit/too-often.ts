import type { Response } from 'express';
import { TooOften } from '../../platform/access/rate-limit.js';
import type { Viewer } from './viewer.js';

/** When to come back, as a sentence; the answer says it to programs. */
export function comeBack(v: Viewer, response: Response, { retryAfterSeconds }: TooOften): string {
  response.setHeader('Retry-After', retryAfterSeconds);
  return v.t('sign-in.too-often', { minutes: Math.ceil(retryAfterSeconds / 60) });
}

/** What is said at a form where it is sent too often; null where it is not. */
export async function tooOften(v: Viewer, response: Response, take: () => Promise<void>): Promise<Record<string, string> | null> {
  try {
    await take();
    return null;
  } catch (error) {
    if (!(error instanceof TooOften)) throw error;
    return { '': comeBack(v, response, error) };
  }
}
