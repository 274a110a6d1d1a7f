import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../kernel/brussels.js';

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
 * When digests are sent: every day or on a weekday, at a time of day ("07:00") in a time zone (Brussels by
 * default).
 */
export interface DigestTimes {
  frequency: 'weekly' | 'daily';
  weekday: (typeof WEEKDAYS)[number];
  at: string;
  zone?: string;
}

/** Returns the first digest date after `after`. */
export function nextSlot(after: Date, times: DigestTimes): Date {
  // The end of the day rather than a number of hours: a day has 23 or 25 hours when clocks change.
  const lastUntil = (daysAhead: number): Date =>
    lastSlot(
      DateTime.fromJSDate(after)
        .setZone(times.zone ?? BRUSSELS)
        .plus({ days: daysAhead })
        .endOf('day')
        .toJSDate(),
      times,
    );
  const today = lastUntil(0);
  return today > after ? today : lastUntil(times.frequency === 'daily' ? 1 : 7);
}

/** Returns the last digest date up to `now`. Respects daylight saving time: 07:00 stays 07:00 local time. */
export function lastSlot(now: Date, times: DigestTimes): Date {
  const [hour, minute] = times.at.split(':').map(Number) as [number, number];
  const today = DateTime.fromJSDate(now)
    .setZone(times.zone ?? BRUSSELS)
    .startOf('day');
  // Set from the start of the day: a time that occurs twice or never when clocks change is one instant.
  const slotOn = (day: DateTime) => day.set({ hour, minute }).toJSDate();
  const back =
    times.frequency === 'daily' ? 0 : (today.weekday - (WEEKDAYS.indexOf(times.weekday) + 1) + 7) % 7;
  const latest = today.minus({ days: back });
  const slot = slotOn(latest);
  return slot <= now ? slot : slotOn(latest.minus({ days: times.frequency === 'daily' ? 1 : 7 }));
}

/** A matching call, when it was first seen, and until when it was open. */
export interface FirstSeen {
  id: string;
  score: number;
  seen: Date;
  over: Date | null;
}

/**
 * Returns the digest in which each call would have appeared if digests had always been sent: each date takes
 * the best calls that were seen and are not over, up to the capacity of an e-mail; the rest wait. A call that
 * is over before its turn is in none.
 */
export function pastDigests(calls: FirstSeen[], times: DigestTimes, room: number): Map<string, Date> {
  const announced = new Map<string, Date>();
  const coming = [...calls].sort((a, b) => a.seen.getTime() - b.seen.getTime());
  let waiting: FirstSeen[] = [];
  let slot = coming[0] ? nextSlot(coming[0].seen, times) : null;
  while (slot) {
    const date: Date = slot;
    while (coming[0] && coming[0].seen <= date) waiting.push(coming.shift()!);
    waiting = waiting
      .filter((c) => c.over === null || c.over > date)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    for (const call of waiting.splice(0, room)) announced.set(call.id, date);
    const next: Date | undefined = waiting.length ? date : coming[0]?.seen;
    slot = next ? nextSlot(next, times) : null;
  }
  return announced;
}
