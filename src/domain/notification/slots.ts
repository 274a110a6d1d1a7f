import { DateTime } from 'luxon';
import { BRUSSELS } from '../call/brussels.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** When digests leave: on a weekday or each day, at a time of day in Brussels ("07:00"). */
export interface DigestTimes {
  every: 'weekly' | 'daily';
  weekday: (typeof WEEKDAYS)[number];
  at: string;
}

/** The last date of the digest that is not later than `now`. Brussels' summer time is followed: 07:00 stays 07:00 there. */
export function lastSlot(now: Date, times: DigestTimes): Date {
  const [hour, minute] = times.at.split(':').map(Number) as [number, number];
  const there = DateTime.fromJSDate(now).setZone(BRUSSELS);
  const back = times.every === 'daily' ? 0 : (there.weekday - (WEEKDAYS.indexOf(times.weekday) + 1) + 7) % 7;
  const slot = there.minus({ days: back }).set({ hour, minute, second: 0, millisecond: 0 });
  const last = slot <= there ? slot : slot.minus(times.every === 'daily' ? { days: 1 } : { weeks: 1 });
  return last.toJSDate();
}
