/** Advisory locks of ours in PostgreSQL: numbers that no other program is likely to take in the same database. */
export const STORE_LOCK = 7_041_914;
export const HISTORY_LOCK = 7_041_915;
