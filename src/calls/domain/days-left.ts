import { DateTime } from 'luxon';
import { BRUSSELS, brusselsDate } from './brussels.js';
import { DAY_MS } from '../../kernel/durations.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
/** An instant that says its zone. */
const ABSOLUTE = /^[\d-]{10}T[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/;

/** The day in Brussels on which an instant falls, as 2026-06-30; what says no zone is of Brussels. */
function dayOf(at: Date | string): string {
  if (typeof at !== 'string') return brusselsDate(at);
  if (DAY.test(at)) return at;
  return ABSOLUTE.test(at)
    ? brusselsDate(new Date(at))
    : DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;
}

/** Days from now until the day on which an instant falls in Brussels: 0 is today, below 0 is past. */
export const daysLeft = (now: Date, at: Date | string): number => daysBetween(now, at);

/** Days in Brussels from one instant or day to another: below 0 where the other comes first. */
export const daysBetween = (from: Date | string, to: Date | string): number =>
  (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY_MS;
