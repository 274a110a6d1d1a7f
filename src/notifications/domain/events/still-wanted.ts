import { DAY_MS } from '../../../kernel/durations.js';

const YEAR_MS = 365 * DAY_MS;

/**
 * What is known of a recipient when a message is about to leave: null where there is none of the kind any
 * more.
 */
export type RecipientFacts = { stoppedAt: Date | null; pausedUntil: Date | null; follows: boolean } | null;

/**
 * Why a message that was written does not leave any more; null where it does. A pause that ends is no reason:
 * it is waited for.
 */
export function whyNotWanted(recipient: RecipientFacts, now: Date): string | null {
  if (!recipient) return 'the recipient is not there any more';
  if (recipient.stoppedAt) return 'the recipient has been stopped';
  if (!recipient.follows) return 'the recipient follows nothing any more';
  return recipient.pausedUntil && recipient.pausedUntil.getTime() - now.getTime() > YEAR_MS
    ? 'the recipient paused for good'
    : null;
}
