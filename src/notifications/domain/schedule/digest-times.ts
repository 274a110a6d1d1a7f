import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../calls/domain/index.js';

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/**
 * When digests leave: on a weekday or each day, at a time of day ("07:00") of a time zone, Brussels' where
 * none is named.
 */
export interface DigestTimes {
  frequency: 'weekly' | 'daily';
  weekday: (typeof WEEKDAYS)[number];
  at: string;
  zone?: string;
}

/** The first date of the digest that is later than `after`. */
export function nextSlot(after: Date, times: DigestTimes): Date {
  const days = times.frequency === 'daily' ? 1 : 7;
  // The end of a day, and not so many hours from its beginning: where clocks are changed a day has 23 or 25.
  const ahead = (n: number): Date =>
    DateTime.fromJSDate(after)
      .setZone(times.zone ?? BRUSSELS)
      .plus({ days: n })
      .endOf('day')
      .toJSDate();
  const slots = [0, 1, days, days + 1].map((n) => lastSlot(ahead(n), times)).filter((slot) => slot > after);
  return new Date(Math.min(...slots.map(Number)));
}

/**
 * The last date of the digest that is not later than `now`. Summer time of the zone is followed: 07:00 stays
 * 07:00 there.
 */
export function lastSlot(now: Date, times: DigestTimes): Date {
  const [hour, minute] = times.at.split(':').map(Number) as [number, number];
  const today = DateTime.fromJSDate(now)
    .setZone(times.zone ?? BRUSSELS)
    .startOf('day');
  // Always set from the day's first hour: a time that exists twice or not at all on a day of changing clocks
  // is then one instant.
  const slotOn = (day: DateTime) => day.set({ hour, minute }).toJSDate();
  const back =
    times.frequency === 'daily' ? 0 : (today.weekday - (WEEKDAYS.indexOf(times.weekday) + 1) + 7) % 7;
  const latest = today.minus({ days: back });
  const slot = slotOn(latest);
  return slot <= now ? slot : slotOn(latest.minus({ days: times.frequency === 'daily' ? 1 : 7 }));
}
