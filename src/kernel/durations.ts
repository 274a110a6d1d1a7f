/** Elapsed time in milliseconds. A day is 24 hours; calendar days are handled elsewhere. */
export const SECOND_MS = 1_000;

export const MINUTE_MS = 60 * SECOND_MS;

export const HOUR_MS = 60 * MINUTE_MS;

export const DAY_MS = 24 * HOUR_MS;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
