/**
 * Advisory locks of ours in PostgreSQL: numbers that no other program is likely to take in the same database.
 */
export const STORE_LOCK = 7_041_914;
export const HISTORY_LOCK = 7_041_915;
/** Held by whoever writes events until it commits, so that their order is the order of their commits. */
export const EVENT_LOCK = 7_041_916;
/**
 * Held by whoever enters a request to a language model, so that several together stay within a day's limit.
 */
export const READER_LOCK = 7_041_917;
/** Held by whoever draws a month's sample of calls, so that two draw one. */
export const RECALL_LOCK = 7_041_918;
