import { DAY_MS } from '../../../kernel/durations.js';

const YEAR_MS = 365 * DAY_MS;

/** What is known of a recipient when a message is about to be sent; null if they no longer exist. */
export type RecipientFacts = { stoppedAt: Date | null; pausedUntil: Date | null; follows: boolean } | null;

/** Says why a queued message is dropped; null if it is sent. A temporary pause only delays it. */
export function whyNotWanted(recipient: RecipientFacts, now: Date): string | null {
  if (!recipient) return 'the recipient is not there any more';
  if (recipient.stoppedAt) return 'the recipient has been stopped';
  if (!recipient.follows) return 'the recipient follows nothing any more';
  return recipient.pausedUntil && recipient.pausedUntil.getTime() - now.getTime() > YEAR_MS
    ? 'the recipient paused for good'
    : null;
}
