import { DateTime } from 'luxon';
import { BRUSSELS } from '../call/brussels.js';

/** Days from now until the day on which an instant falls in Brussels: 0 is today, below 0 is past. */
export function daysLeft(now: Date, at: string): number {
  const [from, to] = [DateTime.fromJSDate(now).setZone(BRUSSELS), DateTime.fromISO(at).setZone(BRUSSELS)];
  return Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
}
