import { DateTime } from 'luxon';
import { BRUSSELS } from '../../domain/call/brussels.js';
import type { Viewer } from './viewer.js';

type Reads = Pick<Viewer, 'language'>;

const there = (v: Reads, at: Date | string): DateTime =>
  (typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at)).setZone(BRUSSELS).setLocale(v.language === 'fr' ? 'fr-FR' : 'en-GB');

/** "30 Jun 2026", « 30 juin 2026 »: the day in Brussels. */
export const dayText = (v: Reads, at: Date | string): string => there(v, at).toLocaleString(DateTime.DATE_MED);

/** With the time of day, in Brussels. */
export const momentText = (v: Reads, at: Date | string): string => there(v, at).toLocaleString(DateTime.DATETIME_MED);

/** "June 2026", « juin 2026 ». */
export const monthText = (v: Reads, at: Date | string): string => there(v, at).toFormat('LLLL yyyy');

/** The day as programs write it: 2026-06-30. */
export const isoDay = (at: Date | string): string => there({ language: 'en' }, at).toISODate()!;

/** Days from now until the day on which it falls in Brussels: 0 is today, below 0 is past. */
export function daysUntil(now: Date, at: Date | string): number {
  const [from, to] = [there({ language: 'en' }, now).startOf('day'), there({ language: 'en' }, at).startOf('day')];
  return Math.round(to.diff(from, 'days').days);
}
