import { DateTime } from 'luxon';
import { BRUSSELS } from '../../domain/call/brussels.js';
import type { Viewer } from './viewer.js';

type Reads = Pick<Viewer, 'language'>;

/** A day without a time is that day in Brussels, wherever the server stands. */
const there = (v: Reads, at: Date | string): DateTime =>
  (typeof at === 'string' ? DateTime.fromISO(at, { zone: BRUSSELS }) : DateTime.fromJSDate(at, { zone: BRUSSELS })).setLocale(v.language === 'fr' ? 'fr-FR' : 'en-GB');

/** "30 Jun 2026", « 30 juin 2026 »: the day in Brussels. */
export const dayText = (v: Reads, at: Date | string): string => there(v, at).toLocaleString(DateTime.DATE_MED);

/** With the time of day, in Brussels. */
export const momentText = (v: Reads, at: Date | string): string => there(v, at).toLocaleString(DateTime.DATETIME_MED);

/** The same in another zone, as its clocks show it. */
export const zonedText = (v: Reads, at: string, zone: string): string => DateTime.fromISO(at, { zone }).setLocale(v.language === 'fr' ? 'fr-FR' : 'en-GB').toLocaleString(DateTime.DATETIME_MED_WITH_WEEKDAY);

/** "June 2026", « juin 2026 ». */
export const monthText = (v: Reads, at: Date | string): string => there(v, at).toFormat('LLLL yyyy');

/** The day as programs write it: 2026-06-30. */
export const isoDay = (at: Date | string): string => there({ language: 'en' }, at).toISODate()!;
