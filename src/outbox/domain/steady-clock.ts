/** Of an answer that was long on its way. */
const TOLERANCE_MS = 5_000;

/**
 * The database's time as far as senders are judged by it. A clock that is suddenly set forward makes every
 * message that is on its way look as if its sender were long dead; so a leap is believed only once all that
 * was on its way then is over. Set back, it is believed at once: then a sender is only taken for dead later.
 */
export class SteadyClock {
  /** How far the database's clock is ahead of the one that only counts on. */
  private ahead: number | null = null;
  private leaptAt: number | null = null;

  /**
   * What time it is, by a look at both clocks; a leap is believed after `trustAfterMs`. All in milliseconds.
   */
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
