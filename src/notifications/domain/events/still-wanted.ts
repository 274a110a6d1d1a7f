const YEAR_MS = 365 * 86_400_000;

/** What is known of a recipient when a message is about to leave: null where there is none of the kind any more. */
export type Reader = { stoppedAt: Date | null; pausedUntil: Date | null; follows: boolean } | null;

/** Why a message that was written does not leave any more; null where it does. A pause that ends is no reason: it is waited for. */
export function whyNotWanted(reader: Reader, now: Date): string | null {
  if (!reader) return 'the recipient is not there any more';
  if (reader.stoppedAt) return 'the recipient has been stopped';
  if (!reader.follows) return 'the recipient follows nothing any more';
  return reader.pausedUntil && reader.pausedUntil.getTime() - now.getTime() > YEAR_MS
    ? 'the recipient paused for good'
    : null;
}
