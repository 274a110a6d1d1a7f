import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';

/** A link that was asked for is used at once or not at all. */
export const SIGN_IN_LINK_MS = 15 * MINUTE_MS;
export const SIGN_IN_LINK_MINUTES = SIGN_IN_LINK_MS / MINUTE_MS;
/** So many of them are sent to one address while the first of them is good. */
export const MOST_SIGN_IN_LINKS = 5;

/**
 * So long somebody may take at the provider with which they sign in, a forgotten password and a second factor
 * included.
 */
export const SIGN_ON_MS = 30 * MINUTE_MS;

/** So long a passkey may take to sign what it was asked. */
export const CHALLENGE_MS = 5 * MINUTE_MS;

/** Nobody waits for an invitation: it has to outlast a week off. */
export const INVITATION_DAYS = 7;
export const INVITATION_MS = INVITATION_DAYS * DAY_MS;

/**
 * After signing in so long somebody is taken to be the one who sits there: then they confirm it, before they
 * open a way in to others.
 */
export const RECENT_SIGN_IN_MS = 15 * MINUTE_MS;
export const RECENT_SIGN_IN_MINUTES = RECENT_SIGN_IN_MS / MINUTE_MS;

/**
 * A browser that is not used for so long has to sign in again (OWASP ASVS 5.0, 7.3.1): a working day with its
 * breaks is one session.
 */
const SESSION_IDLE_MS = 12 * HOUR_MS;
/** However often it is used, a browser signs in again after this (7.3.2). */
export const SESSION_LONGEST_MS = 30 * DAY_MS;

/** Until when a session of a browser lives that is used now. */
export const sessionEnd = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_LONGEST_MS));

/** When somebody was there is noted to the minute: not every request writes. */
export const TOUCH_MS = MINUTE_MS;

/** No key lives longer, so that one that was forgotten ends by itself. */
export const LONGEST_KEY_DAYS = 366;
export const dayAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY_MS);

/** An officer whom the network removes is mailed and keeps their place where they say so by then. */
export const REMOVAL_DAYS = 7;
