import type { EntityManager } from 'typeorm';

/**
 * Our advisory locks in PostgreSQL: numbers that no other program is likely to use in the same database. The
 * trigger that writes the audit log has 7_041_918, and migrations 7_041_913.
 */
export const STORE_LOCK = 7_041_914;
export const HISTORY_LOCK = 7_041_915;
/** Held while events are written, until the commit, so that their order is that of the commits. */
export const EVENT_LOCK = 7_041_916;
/** Held while a request to a language model is recorded, so that parallel ones stay within a day's limit. */
export const READER_LOCK = 7_041_917;
/** Held while a month's sample of calls is drawn, so that two processes draw one. */
export const RECALL_LOCK = 7_041_919;

/**
 * Serialises work on what is named, until the transaction ends: what somebody may have a limited number of is
 * counted and added by one request after the other.
 */
export async function lockNamed(tx: EntityManager, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
