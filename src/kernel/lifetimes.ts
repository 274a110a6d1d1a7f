import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.js';

/** A requested link is used at once or not at all. */
export const SIGN_IN_LINK_MS = 15 * MINUTE_MS;
export const SIGN_IN_LINK_MINUTES = SIGN_IN_LINK_MS / MINUTE_MS;
/** The most links sent to one address while the first of them is still valid. */
export const MOST_SIGN_IN_LINKS = 5;

/** Time allowed at the identity provider, including a forgotten password and a second factor. */
export const SIGN_ON_MS = 30 * MINUTE_MS;

/** Time allowed for a passkey to sign its challenge. */
export const CHALLENGE_MS = 5 * MINUTE_MS;

/** Nobody expects an invitation, so it must outlast a week's holiday. */
export const INVITATION_DAYS = 7;
export const INVITATION_MS = INVITATION_DAYS * DAY_MS;

/**
 * How long after sign-in we trust that it is the same person. After that, they must confirm it before they
 * can give access to others.
 */
export const RECENT_SIGN_IN_MS = 15 * MINUTE_MS;
export const RECENT_SIGN_IN_MINUTES = RECENT_SIGN_IN_MS / MINUTE_MS;
/** How far ahead the clock of a provider, or of another of our machines, may be. */
export const CLOCK_SKEW_MS = MINUTE_MS;

/**
 * Browsers idle for this long must sign in again (OWASP ASVS 5.0, 7.3.1): a working day with its breaks is
 * one session.
 */
const SESSION_IDLE_MS = 12 * HOUR_MS;
/** However often it is used, a session ends after this (7.3.2). */
export const SESSION_LONGEST_MS = 30 * DAY_MS;

/** Returns when a browser session that is used now will expire. */
export const sessionEnd = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_LONGEST_MS));

/** The last visit is written at most once a minute, so that not every request writes. */
export const TOUCH_MS = MINUTE_MS;

/** The longest validity of a key, so that forgotten ones expire. */
export const LONGEST_KEY_DAYS = 366;
export const dayAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY_MS);

/** Days that an officer whom the network removes has to keep their place, counted from the e-mail. */
export const REMOVAL_DAYS = 7;
