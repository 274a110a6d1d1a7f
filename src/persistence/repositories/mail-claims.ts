import type { DataSource } from 'typeorm';

/** The tables that are outboxes: a mail in them is pending, being sent, sent, or given up. */
type Outbox = 'letter' | 'notification';

/** Waits, and its time has come; or its sender was killed, which is sure after so many milliseconds. */
const waits = (staleMs: '$1' | '$2'): string => `((state = 'pending' AND (next_try_at IS NULL OR next_try_at <= clock_timestamp()))
  OR (state = 'sending' AND claimed_at < clock_timestamp() - ${staleMs} * interval '1 millisecond'))`;

/** Takes a mail that waits and whose time has come, by the database's clock. One whose sender was killed is free again after `staleMs`. False: not to be sent now. */
export async function claimMail(database: DataSource, outbox: Outbox, id: string, staleMs: number): Promise<boolean> {
  const [, claimed]: [unknown[], number] = await database.query(
    `UPDATE ${outbox} SET state = 'sending', claimed_at = clock_timestamp(), attempts = attempts + 1 WHERE id = $1 AND ${waits('$2')} RETURNING id`, [id, staleMs],
  );
  return claimed > 0;
}

/** Mails that wait and whose time has come, and those whose sender was killed. */
export async function waitingMails(database: DataSource, outbox: Outbox, staleMs: number): Promise<string[]> {
  const rows: { id: string }[] = await database.query(`SELECT id FROM ${outbox} WHERE ${waits('$1')} ORDER BY created_at LIMIT 1000`, [staleMs]);
  return rows.map((r) => r.id);
}
