import { DataSource, type EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { SettingRepository } from '../../platform/database/setting.repository.js';

/** What was given up longer ago is out of date, and is not sent again. */
const DAYS = 30;
/** Given up, and not so long ago that it is out of date. */
const LATELY = `given_up_at > clock_timestamp() - interval '${DAYS} days'`;
/** More of the `SET` of a failed try: when it was given up, if it was. */
export const NOTE_GIVEN_UP = ', given_up_at = CASE WHEN $4::bigint IS NULL THEN clock_timestamp() END';

/** Items of a message `m`: those of a copy belong to its original. */
const OF_MESSAGE = 'i.notification_id = coalesce(m.resend_of, m.id)';
/** Whether the items of a message reached its reader: by itself, or by a copy that was sent by hand. */
export const arrivedSql = (message: string): string =>
  `(${message}.state = 'sent' OR EXISTS (SELECT FROM notification copy WHERE copy.resend_of = ${message}.id AND copy.state = 'sent'))`;
/** Messages to readers who still get some, whose items no later message holds. */
export const UNSENT = `m.state = 'failed' AND m.${LATELY} AND m.replaced_by IS NULL
  AND EXISTS (SELECT FROM recipient r WHERE r.id = m.recipient_id AND r.stopped_at IS NULL)
  AND (NOT EXISTS (SELECT FROM notification_item i WHERE ${OF_MESSAGE}) OR EXISTS (SELECT FROM notification_item i WHERE ${OF_MESSAGE} AND i.state = 'waiting'))`;
/** A text is emptied where another try cannot succeed. Alarms are about the past. */
export const UNSENT_MAIL = `m.state = 'failed' AND m.${LATELY} AND m.text <> '' AND m.kind <> 'alarm' AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp())`;

/**
 * Lets the items of a message that nobody got wait for the next digest, unless a copy of it was sent or still
 * may be, or its reader has left. Reminders are counted anew.
 */
export async function giveItemsBack(tx: EntityManager, messageId: string): Promise<void> {
  await tx.query(
    `UPDATE notification_item i SET place = 'digest', state = CASE i.kind WHEN 'deadline' THEN 'dropped' ELSE 'waiting' END,
            why = CASE i.kind WHEN 'deadline' THEN 'its message was given up' END
       FROM notification m WHERE m.id = $1 AND ${OF_MESSAGE} AND i.state = 'written'
        AND EXISTS (SELECT FROM follow f WHERE f.recipient_id = i.recipient_id AND f.left_at IS NULL)
        AND NOT EXISTS (SELECT FROM notification o WHERE coalesce(o.resend_of, o.id) = coalesce(m.resend_of, m.id) AND o.state <> 'failed')`,
    [messageId],
  );
}

/** Drops what waits to be sent to recipients who may no longer read all of it: the rest is told anew. */
export async function takeMessagesBack(
  tx: EntityManager,
  recipientIds: string[],
  why: string,
): Promise<void> {
  const [dropped]: [{ id: string }[], number] = await tx.query(
    `UPDATE notification SET state = 'failed', error = $2, next_try_at = NULL WHERE recipient_id = ANY($1) AND state IN ('pending', 'sending') RETURNING id`,
    [recipientIds, why],
  );
  for (const { id } of dropped) await giveItemsBack(tx, id);
}

/** Settles the items of a message again: it is being sent after all. */
export async function takeItemsBack(tx: EntityManager, messageIds: string[]): Promise<void> {
  await tx.query(
    `UPDATE notification_item i SET state = 'written', why = NULL FROM notification m
      WHERE m.id = ANY($1) AND ${OF_MESSAGE} AND (i.state = 'waiting' OR (i.kind = 'deadline' AND i.state = 'dropped'))`,
    [messageIds],
  );
}

/** Makes messages and transactional e-mails that were given up due again; returns how many. */
async function sendGivenUp(database: DataSource): Promise<number> {
  const again = `state = 'pending', attempts = 0, next_try_at = NULL, given_up_at = NULL`;
  return database.transaction(async (tx) => {
    const [messages]: [{ id: string }[], number] = await tx.query(
      `UPDATE notification m SET ${again} WHERE ${UNSENT} RETURNING m.id`,
    );
    await takeItemsBack(
      tx,
      messages.map(({ id }) => id),
    );
    const [, mails]: [unknown[], number] = await tx.query(
      `UPDATE transactional_mail m SET ${again} WHERE ${UNSENT_MAIL}`,
    );
    return messages.length + mails;
  });
}

/**
 * The setting that holds all sending back: a restored copy must not write to people alongside the original
 * installation.
 */
export const HELD = 'sending-held';
/** Part of each statement that claims an outbox entry. */
export const NOT_HELD = `NOT EXISTS (SELECT FROM setting WHERE key = '${HELD}')`;
const SKIPPED = 'it was waiting when this installation was restored from a backup';

interface Held {
  since: string;
  /** When the backup was made that it was restored from. */
  backupOf: string;
}

/** Whether messages, e-mails and alarms are held until an operator releases them. */
@Injectable()
export class HeldSending {
  constructor(
    private readonly database: DataSource,
    private readonly settings: SettingRepository,
  ) {}

  held(): Promise<Held | null> {
    return this.settings.findByKey<Held>(HELD);
  }

  /** Makes messages and e-mails that were given up due again; returns how many. */
  sendGivenUp(): Promise<number> {
    return sendGivenUp(this.database);
  }

  /**
   * Releases sending; with `skipWaiting`, what is waiting now is never sent. Returns how many messages,
   * e-mails and news are skipped; null if nothing was held.
   */
  async resume(skipWaiting: boolean): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      const [gone]: [unknown[], number] = await tx.query('DELETE FROM setting WHERE key = $1 RETURNING key', [
        HELD,
      ]);
      if (!gone.length) return null;
      if (!skipWaiting) return 0;
      await tx.query(
        `WITH gone AS (DELETE FROM transactional_mail WHERE alarm_id IS NOT NULL AND state IN ('pending', 'sending') RETURNING alarm_id)
         UPDATE alarm SET delivery = 'none' WHERE delivery = 'pending' OR id IN (SELECT alarm_id FROM gone)`,
      );
      const [, unwritten]: [unknown, number] = await tx.query(
        `UPDATE newsletter_copy SET left_out = 'skipped' WHERE mail_id IS NULL AND left_out IS NULL`,
      );
      // As with what is in the skipped messages, the other installation has sent it: it is not new any more.
      const [, news]: [unknown, number] = await tx.query(
        `UPDATE notification_item SET state = 'written' WHERE state = 'waiting'`,
      );
      let skipped = unwritten + news;
      for (const [outbox, emptied] of [
        ['notification', ''],
        ['transactional_mail', `, text = '', html = '', unsubscribe_url = NULL`],
      ]) {
        const [, count]: [unknown, number] = await tx.query(
          `UPDATE ${outbox} SET state = 'failed', error = $1, next_try_at = NULL${emptied} WHERE state IN ('pending', 'sending')`,
          [SKIPPED],
        );
        skipped += count;
      }
      return skipped;
    });
  }
}

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
