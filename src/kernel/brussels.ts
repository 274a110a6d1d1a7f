import { z } from 'zod';
import { DateTime } from 'luxon';
import { issue } from './issues.js';
import { DAY_MS } from './durations.js';

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

const PLAIN_DAY = /^\d{4}-\d\d-\d\d$/;
/** An instant with a time zone. */
const ABSOLUTE = /^[\d-]{10}T[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/;

/** Returns the date of an instant in Brussels, as 2026-06-30; without a zone, Brussels is assumed. */
function dayOf(at: Date | string): string {
  if (typeof at !== 'string') return brusselsDate(at);
  if (PLAIN_DAY.test(at)) return at;
  return ABSOLUTE.test(at)
    ? brusselsDate(new Date(at))
    : DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;
}

/** Returns days from now until the Brussels date of an instant: 0 is today, negative is past. */
export const daysLeft = (now: Date, at: Date | string): number => daysBetween(now, at);

/** Returns days in Brussels from one instant or day to another: negative if the second comes first. */
export const daysBetween = (from: Date | string, to: Date | string): number =>
  (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY_MS;

/**
 * A calendar month: `2026-06`, and its weeks from Monday to Sunday, with null for days of adjacent months.
 */
export interface Month {
  month: string;
  weeks: (string | null)[][];
}

const firstDayOf = (month: string): DateTime => DateTime.fromISO(`${month}-01`, { zone: BRUSSELS });

/** Returns the current month in Brussels at an instant. */
export const monthAt = (at: Date): string => DateTime.fromJSDate(at, { zone: BRUSSELS }).toFormat('yyyy-MM');

/** Adds months; a negative count goes back. */
export const monthsLater = (month: string, count: number): string =>
  firstDayOf(month).plus({ months: count }).toFormat('yyyy-MM');

/** Returns the instant at which a month or day begins in Brussels. */
export const beginning = (monthOrDay: string): Date =>
  DateTime.fromISO(monthOrDay, { zone: BRUSSELS }).startOf('day').toJSDate();

/** A day, which stands for the instant at which it begins in Brussels, or an instant with its offset. */
export const Moment = WrittenMoment.transform((text) =>
  PLAIN_DAY.test(text) ? beginning(text) : new Date(text),
);

/** Returns the instant at which the next day begins in Brussels. */
export const dayAfter = (day: string): Date =>
  DateTime.fromISO(day, { zone: BRUSSELS }).startOf('day').plus({ days: 1 }).toJSDate();

/** The instants after and before which a period is that people give: its days belong to it as a whole. */
export const periodAfter = (moment: string): Date =>
  PLAIN_DAY.test(moment) ? new Date(beginning(moment).getTime() - 1) : new Date(moment);
export const periodBefore = (moment: string): Date =>
  PLAIN_DAY.test(moment) ? dayAfter(moment) : new Date(moment);

function monthOf(month: string): Month {
  const first = firstDayOf(month);
  const days = Array.from({ length: first.daysInMonth! }, (_, i) => first.plus({ days: i }).toISODate()!);
  const cells = [...Array.from({ length: first.weekday - 1 }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, w) =>
    Array.from({ length: 7 }, (_, d) => cells[w * 7 + d] ?? null),
  );
  return { month, weeks };
}

export const monthsFrom = (month: string, count: number): Month[] =>
  Array.from({ length: count }, (_, i) => monthOf(monthsLater(month, i)));
