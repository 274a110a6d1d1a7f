import { z } from 'zod';
import { inBrussels } from '../../../../kernel/brussels.js';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const Iso = z.iso.datetime({ offset: true });
const Day = z.iso.date();

/** Converts "19 May 2020", as some topics' actions write it. */
function inWords(text: string): string {
  const [, day, month, year] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text) ?? [];
  const number = month === undefined ? 0 : MONTHS.indexOf(month.toLowerCase()) + 1;
  return number ? `${year}-${String(number).padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
}

/**
 * Strips the zone of "2024-09-27+02:00 Europe/Brussels", as in notes and the portal's own files, and keeps
 * the day as written.
 */
const withoutZone = (text: string): string =>
  /^(\d{4}-\d\d-\d\d)[+-]\d\d:\d\d(?: [A-Za-z]+\/[A-Za-z_]+)?$/.exec(text)?.[1] ?? text;

/** Milliseconds since 1970: twelve or thirteen digits reach from 1973 to 2286. */
const fromEpoch = (text: string): string =>
  /^\d{12,13}$/.test(text) ? new Date(Number(text)).toISOString() : text;

/**
 * Returns an instant in ISO 8601 from the portal's formats: with +0000 for Z, a plain date or one with the
 * offset of its day (then midnight UTC), a date in English words, milliseconds. Throws for any other:
 * Date.parse would accept nearly any text.
 */
export function portalDate(text: string): string {
  const iso = fromEpoch(withoutZone(inWords(text.trim()))).replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const whole = Day.safeParse(iso).success ? `${iso}T00:00:00Z` : iso;
  if (!Iso.safeParse(whole).success) throw new Error(`"${text}" is not a date`);
  return new Date(whole).toISOString();
}

/**
 * Milliseconds since 1970, as in the portal's list. Seconds would fall in 1970, and are thus recognised and
 * rejected.
 */
export const PortalMs = z.number().int().min(Date.UTC(2000)).max(Date.UTC(9999));

/**
 * A date at the start of a text, whatever zone or time follows: "2024-09-27+02:00 Europe/Brussels", an
 * instant.
 */
const WRITTEN_DAY = /^(\d{4}-\d{2}-\d{2})(?=$|[TZ+\s-])/;

/** Returns the day as written; for a number, the day in Brussels. Throws if there is none. */
export function portalDay(written: string | number): string {
  const text = typeof written === 'string' ? written.trim() : written;
  if (typeof text === 'number' || /^\d{12,14}$/.test(text))
    return inBrussels(new Date(PortalMs.parse(Number(text)))).slice(0, 10);
  const day = WRITTEN_DAY.exec(text)?.[1] ?? portalDate(text).slice(0, 10);
  if (!Day.safeParse(day).success) throw new Error(`"${text}" is not a date`);
  return day;
}
