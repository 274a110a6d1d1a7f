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
 * How long a browser session lives without use (OWASP ASVS 5.0, 7.3.1), and however often it is used (7.3.2).
 */
export interface SessionLife {
  idleHours: number;
  longestDays: number;
}

/**
 * A session that began with an institute's account: whoever is blocked there is soon out here, and signing in
 * again there needs no e-mail.
 */
export const ACCOUNT_SESSION: SessionLife = { idleHours: 12, longestDays: 30 };

/** Returns when a browser session that is used now will expire. */
export const sessionEnd = (createdAt: Date, now: Date, { idleHours, longestDays }: SessionLife): Date =>
  new Date(Math.min(now.getTime() + idleHours * HOUR_MS, createdAt.getTime() + longestDays * DAY_MS));

/** The last visit is written at most once a minute, so that not every request writes. */
export const TOUCH_MS = MINUTE_MS;

/** The longest validity of a key, so that forgotten ones expire. */
export const LONGEST_KEY_DAYS = 366;
export const dayAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY_MS);

/** Days that an officer whom the network removes has to keep their place, counted from the e-mail. */
export const REMOVAL_DAYS = 7;
