import { z } from 'zod';
import { DateTime } from 'luxon';
import { issue } from './issues.js';

/** Neither the calendar nor the database knows a year 0. */
const hasYear = (written: string): boolean => !written.startsWith('0000');

/** A time of day as people write it. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, issue('time-of-day'))
  .describe('hours and minutes in quotes, such as "07:00"');

/** A day as 2026-03-01. */
export const Day = z.iso.date().refine(hasYear, issue('day'));

/** An instant only as `JSON.stringify` writes it. */
export const Instant = z.iso.datetime({ precision: 3 }).refine(hasYear);

/** A day, or an instant with its offset, as written. */
export const WrittenMoment = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  issue('day-or-instant'),
);

/** A day, or an instant with its offset. A day begins at midnight UTC. */
export const Moment = WrittenMoment.transform((text) => new Date(text));

/** The time zone of deadlines, in the programmes' rules and in everyday use. */
export const BRUSSELS = 'Europe/Brussels';

/** Formats an instant for display: 2026-09-15T17:00:00+02:00. */
export function inBrussels(at: Date | string): string {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS).toISO({ suppressMilliseconds: true })!;
}

/**
 * Converts a Brussels wall-clock time that is labelled as UTC: 2026-07-06T23:59:00.000Z is really 21:59 UTC.
 */
export const brusselsClock = (written: string): string =>
  DateTime.fromISO(written.replace(/Z$/, ''), { zone: BRUSSELS }).toUTC().toISO()!;

/**
 * The Swedish locale writes ISO dates. Lists format one per row: `Intl` is twenty times as fast here as
 * Luxon.
 */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: BRUSSELS, dateStyle: 'short' });

/** Returns the date of an instant in Brussels: 2026-06-30. */
export const brusselsDate = (at: Date): string => DAY.format(at);

/** The hour before which no reminders are sent. */
const FROM_HOUR = 7;

export const isAwake = (now: Date): boolean => DateTime.fromJSDate(now, { zone: BRUSSELS }).hour >= FROM_HOUR;
