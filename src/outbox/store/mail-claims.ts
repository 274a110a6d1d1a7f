import type { DataSource, EntityManager } from 'typeorm';
import { NOT_HELD } from './held-sending.js';

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

/** The outbox tables: their rows are pending, being sent, sent, or given up. */
type OutboxTable = 'transactional_mail' | 'notification';

/** Waiting and due, or claimed before `$1` by a sender that was killed (`deadBefore`), unless held back. */
export const WAITS = `${NOT_HELD} AND ((state = 'pending' AND (next_try_at IS NULL OR next_try_at <= clock_timestamp()))
  OR (state = 'sending' AND claimed_at < $1))`;

const clocks = new WeakMap<DataSource, SteadyClock>();

/** Returns the time before which all claims belong to dead senders, which is certain after `staleMs`. */
export async function deadBefore(database: DataSource, staleMs: number): Promise<Date> {
  const clock = clocks.get(database) ?? new SteadyClock();
  clocks.set(database, clock);
  const countedMs = performance.now();
  const [{ now }]: [{ now: Date }] = await database.query('SELECT clock_timestamp() AS now');
  return new Date(clock.now(now.getTime(), countedMs, staleMs) - staleMs);
}

/**
 * Claims a waiting e-mail that is due by the database's clock and returns the number of this try, which
 * identifies the claim. If its sender was killed, it is free again after `staleMs`. Null: not to be sent now.
 */
export async function claimMail(
  database: DataSource,
  outbox: OutboxTable,
  id: string,
  staleMs: number,
): Promise<number | null> {
  const [rows]: [{ attempts: number }[], number] = await database.query(
    `UPDATE ${outbox} SET state = 'sending', claimed_at = clock_timestamp(), attempts = attempts + 1 WHERE id = $2 AND ${WAITS} RETURNING attempts`,
    [await deadBefore(database, staleMs), id],
  );
  return rows[0]?.attempts ?? null;
}

/** Identifies a claim: a later one has another number. */
export interface Claim {
  id: string;
  attempts: number;
}

/** What else an outbox records: more of the `SET`, and parameters, which follow those of the statement. */
type Also = [sql: string, ...parameters: unknown[]];

/**
 * Records a failed try: retries after `waitMs` by the database's clock, or gives up if null. Returns false,
 * and changes nothing, if another process has the claim by now. `also`'s parameters begin with `$5`.
 */
export async function endTry(
  db: EntityManager,
  outbox: OutboxTable,
  { id, attempts }: Claim,
  { error, waitMs }: { error: string; waitMs: number | null },
  [also, ...parameters]: Also = [''],
): Promise<boolean> {
  const [, ended]: [unknown[], number] = await db.query(
    `UPDATE ${outbox} SET state = CASE WHEN $4::bigint IS NULL THEN 'failed' ELSE 'pending' END, error = $3,
        next_try_at = clock_timestamp() + $4::bigint * interval '1 millisecond'${also} WHERE id = $1 AND attempts = $2 AND state = 'sending'`,
    [id, attempts, error, waitMs, ...parameters],
  );
  return ended > 0;
}

/**
 * Records the acceptance, whoever sent it, even if another process has claimed it since. The parameters of
 * `also` begin with `$4`.
 */
export async function noteAccepted(
  db: EntityManager,
  outbox: OutboxTable,
  { id }: Pick<Claim, 'id'>,
  { where, now }: { where: string; now: Date },
  [also, ...parameters]: Also,
): Promise<void> {
  await db.query(
    `UPDATE ${outbox} SET state = 'sent', sent_at = coalesce(sent_at, $2), sent_where = coalesce(sent_where, $3), error = NULL,
        next_try_at = NULL${also} WHERE id = $1`,
    [id, now, where, ...parameters],
  );
}
