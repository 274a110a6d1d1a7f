import { DateTime } from 'luxon';
import { BRUSSELS, textsIn } from '../calls/domain/index.js';
import type { Viewer } from './viewer.js';

type Reads = Pick<Viewer, 'language'>;

const localised = (at: DateTime, v: Reads): DateTime => at.setLocale(textsIn(v.language).locale);

/** A day without a time is that day in Brussels, wherever the server stands. */
const there = (v: Reads, at: Date | string): DateTime =>
  localised(
    typeof at === 'string'
      ? DateTime.fromISO(at, { zone: BRUSSELS })
      : DateTime.fromJSDate(at, { zone: BRUSSELS }),
    v,
  );

const dayOf = (v: Reads, at: DateTime): string =>
  textsIn(v.language).date(at.day, at.toFormat('MMMM'), at.year);
const timeOf = (v: Reads, at: DateTime): string => textsIn(v.language).time(at.hour, at.minute);
const momentOf = (v: Reads, at: DateTime): string =>
  [dayOf(v, at), timeOf(v, at)].join(v.language === 'fr' ? ' à ' : ', ');

/** "1 June 2026", « 1er juin 2026 »: the day in Brussels, written as in mails. */
export const dayText = (v: Reads, at: Date | string): string => dayOf(v, there(v, at));

/** With the time of day, in Brussels: "1 June 2026, 17:00", « 1er juin 2026 à 17 h ». */
export const momentText = (v: Reads, at: Date | string): string => momentOf(v, there(v, at));

/** The same in another zone, as its clocks show it, with the day of the week. */
export function zonedText(v: Reads, at: string, zone: string): string {
  const local = localised(DateTime.fromISO(at, { zone }), v);
  return `${local.toFormat('cccc')} ${momentOf(v, local)}`;
}

/** "June 2026", « juin 2026 ». */
export const monthText = (v: Reads, at: Date | string): string => there(v, at).toFormat('LLLL yyyy');

/** The day as programs write it: 2026-06-30. */
export const isoDay = (at: Date | string): string => there({ language: 'en' }, at).toISODate()!;
