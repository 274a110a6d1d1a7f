import { DateTime } from 'luxon';
import { BRUSSELS, brusselsDate } from '../../kernel/brussels.js';
import { DAY_MS } from '../../kernel/durations.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
/** An instant with a time zone. */
const ABSOLUTE = /^[\d-]{10}T[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/;

/** Returns the date of an instant in Brussels, as 2026-06-30; without a zone, Brussels is assumed. */
function dayOf(at: Date | string): string {
  if (typeof at !== 'string') return brusselsDate(at);
  if (DAY.test(at)) return at;
  return ABSOLUTE.test(at)
    ? brusselsDate(new Date(at))
    : DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;
}

/** Returns days from now until the Brussels date of an instant: 0 is today, negative is past. */
export const daysLeft = (now: Date, at: Date | string): number => daysBetween(now, at);

/** Returns days in Brussels from one instant or day to another: negative if the second comes first. */
export const daysBetween = (from: Date | string, to: Date | string): number =>
  (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY_MS;
