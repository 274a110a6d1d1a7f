import type { DataSource } from 'typeorm';
import { NOT_HELD } from './held-sending.js';

/** The tables that are outboxes: a mail in them is pending, being sent, sent, or given up. */
type Outbox = 'transactional_mail' | 'notification';

/** Waits, and its time has come; or its sender was killed, which is sure after `$1` milliseconds. Nothing does while all is held back. */
export const WAITS = `${NOT_HELD} AND ((state = 'pending' AND (next_try_at IS NULL OR next_try_at <= clock_timestamp()))
  OR (state = 'sending' AND claimed_at < clock_timestamp() - $1 * interval '1 millisecond'))`;

/**
 * Takes a mail that waits and whose time has come, by the database's clock, and gives the number of this try: it names the claim. One whose
 * sender was killed is free again after `staleMs`. Null: not to be sent now.
 */
export async function claimMail(
  database: DataSource,
  outbox: Outbox,
  id: string,
  staleMs: number,
): Promise<number | null> {
  const [rows]: [{ attempts: number }[], number] = await database.query(
    `UPDATE ${outbox} SET state = 'sending', claimed_at = clock_timestamp(), attempts = attempts + 1 WHERE id = $2 AND ${WAITS} RETURNING attempts`,
    [staleMs, id],
  );
  return rows[0]?.attempts ?? null;
}

/** Mails that wait and whose time has come, and those whose sender was killed. */
export async function waitingMails(database: DataSource, outbox: Outbox, staleMs: number): Promise<string[]> {
  const rows: { id: string }[] = await database.query(
    `SELECT id FROM ${outbox} WHERE ${WAITS} ORDER BY created_at LIMIT 1000`,
    [staleMs],
  );
  return rows.map((r) => r.id);
}
