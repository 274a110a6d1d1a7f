import { DateTime } from 'luxon';
import { BRUSSELS } from '../kernel/brussels.js';
import { dayIn, timeIn } from '../calls/domain/facts/deadline.js';
import { translateTo } from '../i18n/translate.js';
import { LOCALES } from '../kernel/language.js';
import type { Viewer } from './viewer.js';

type Reads = Pick<Viewer, 'language'>;

const localised = (at: DateTime, v: Reads): DateTime => at.setLocale(LOCALES[v.language]);

/** A day without a time is that day in Brussels, whatever the server's time zone. */
const there = (v: Reads, at: Date | string): DateTime =>
  localised(
    typeof at === 'string'
      ? DateTime.fromISO(at, { zone: BRUSSELS })
      : DateTime.fromJSDate(at, { zone: BRUSSELS }),
    v,
  );

const momentOf = (v: Reads, at: DateTime): string =>
  translateTo(v.language)('when.date-and-time', {
    date: dayIn(at, 'MMMM', v.language),
    time: timeIn(at, v.language),
  });

/** "1 June 2026", « 1er juin 2026 »: the day in Brussels, as in e-mails. */
export const dayText = (v: Reads, at: Date | string): string => dayIn(there(v, at), 'MMMM', v.language);

/** With the time of day in Brussels: "1 June 2026, 17:00", « 1er juin 2026 à 17 h ». */
export const momentText = (v: Reads, at: Date | string): string => momentOf(v, there(v, at));

/** The same in another time zone, with the day of the week. */
export function zonedText(v: Reads, at: string, zone: string): string {
  const local = localised(DateTime.fromISO(at, { zone }), v);
  return `${local.toFormat('cccc')} ${momentOf(v, local)}`;
}

/** "June 2026", « juin 2026 ». */
export const monthText = (v: Reads, at: Date | string): string => there(v, at).toFormat('LLLL yyyy');

/** The ISO date: 2026-06-30. */
export const isoDay = (at: Date | string): string => there({ language: 'en' }, at).toISODate()!;
