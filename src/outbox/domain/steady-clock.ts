/** Tolerance for slow answers. */
const TOLERANCE_MS = 5_000;

/**
 * The database's time for judging senders. If that clock jumps forward, every message being sent looks as if
 * its sender were long dead; so a jump is trusted only once all deliveries then in progress must be over. A
 * jump back is trusted immediately: senders are merely declared dead later.
 */
export class SteadyClock {
  /** How far the database's clock is ahead of the monotonic clock. */
  private ahead: number | null = null;
  private leaptAt: number | null = null;

  /** Returns the time from readings of both clocks; a jump is trusted after `trustAfterMs`. All in ms. */
  now(databaseMs: number, countedMs: number, trustAfterMs: number): number {
    const ahead = databaseMs - countedMs;
    if (this.ahead !== null && ahead > this.ahead + TOLERANCE_MS) {
      this.leaptAt ??= countedMs;
      if (countedMs - this.leaptAt <= trustAfterMs) return this.ahead + countedMs;
    }
    this.leaptAt = null;
    this.ahead = ahead;
    return databaseMs;
  }
}
