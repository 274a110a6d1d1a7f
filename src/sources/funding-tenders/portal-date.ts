import { z } from 'zod';

const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
];

const Iso = z.iso.datetime({ offset: true });
const Day = z.iso.date();

/** "19 May 2020", as the actions of some topics write it. */
function inWords(text: string): string {
  const [, day, month, year] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text) ?? [];
  const number = month === undefined ? 0 : MONTHS.indexOf(month.toLowerCase()) + 1;
  return number ? `${year}-${String(number).padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
}

/** "2024-09-27+02:00 Europe/Brussels", as notes and the portal's own files write it: the day as it stands there. */
const withoutZone = (text: string): string => /^(\d{4}-\d\d-\d\d)[+-]\d\d:\d\d(?: [A-Za-z]+\/[A-Za-z_]+)?$/.exec(text)?.[1] ?? text;

/** Milliseconds since 1970: twelve or thirteen digits reach from 1973 to 2286. */
const fromEpoch = (text: string): string => (/^\d{12,13}$/.test(text) ? new Date(Number(text)).toISOString() : text);

/**
 * An instant in ISO 8601, out of the forms that the portal uses: with +0000 for Z, a plain date or one with the offset of its day
 * (midnight UTC then), a date in English words, milliseconds. Throws where it is none of them: Date.parse would make a date of nearly any
 * text.
 */
export function portalDate(text: string): string {
  const iso = fromEpoch(withoutZone(inWords(text.trim()))).replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const whole = Day.safeParse(iso).success ? `${iso}T00:00:00Z` : iso;
  if (!Iso.safeParse(whole).success) throw new Error(`"${text}" is not a date`);
  return new Date(whole).toISOString();
}
