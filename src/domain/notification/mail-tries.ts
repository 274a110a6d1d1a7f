const MINUTE = 60_000;

/** A mail whose sender gave no sign for so long was being sent by a process that is dead. Longer than any sending takes. */
export const STALE_MS = 90_000;

/** Tries over about three days, as mail servers do among themselves (RFC 5321, 4.5.4.1). */
export const MOST_ATTEMPTS = 40;

/** Milliseconds until a mail is tried again: a minute, doubled with each try, two hours at the most. */
export const nextTryMs = (attempts: number): number => Math.min(MINUTE * 2 ** (attempts - 1), 120 * MINUTE);
