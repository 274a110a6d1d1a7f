import { DateTime } from 'luxon';
import { BRUSSELS } from './brussels.js';

const dayOf = (at: Date | string): DateTime =>
  (typeof at === 'string'
    ? DateTime.fromISO(at, { zone: BRUSSELS })
    : DateTime.fromJSDate(at, { zone: BRUSSELS })
  ).startOf('day');

/** Days from now until the day on which an instant falls in Brussels: 0 is today, below 0 is past. */
export const daysLeft = (now: Date, at: Date | string): number => daysBetween(now, at);

/** Days in Brussels from one instant to another: below 0 where the other comes first. */
export const daysBetween = (from: Date | string, to: Date | string): number =>
  Math.round(dayOf(to).diff(dayOf(from), 'days').days);
