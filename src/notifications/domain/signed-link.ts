import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayAfter } from '../../kernel/lifetimes.js';

/** Returns the end of a link that starts now, as its token carries it: seconds in base 36. */
export const endAfter = (days: number, now: Date): string =>
  Math.floor(dayAfter(now, days).getTime() / 1_000).toString(36);

/** Whether a link with this end has expired, whoever it belongs to. */
export const isExpired = (end: string, now: Date): boolean => parseInt(end, 36) * 1_000 <= now.getTime();

/** Returns the signature of a token by its reader's key, which no message contains. */
export const signatureOf = (said: string, linkKey: string): string =>
  createHmac('sha256', linkKey).update(said).digest('base64url');

/** Whether that key signed it, compared in constant time. A key that cannot be read is empty: none did. */
export const isSigned = (said: string, signature: string, linkKey: string): boolean =>
  linkKey !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(said, linkKey)));
