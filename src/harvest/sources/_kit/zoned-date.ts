import { DateTime } from 'luxon';

/**
 * The forms in which programs write dates, with a time or without; days come before months. Luxon's
 * `fromFormat` compiles a form anew for each of thousands of rows.
 */
const TIME = String.raw`(?:[ T](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?)?`;
const FORMS = [
  new RegExp(String.raw`^(?<day>\d{2})/(?<month>\d{2})/(?<year>\d{4})${TIME}$`),
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})${TIME}$`),
];

/** A date as a program writes it: the form of a ParsedDeadline. */
export interface ZonedDate {
  at: string;
  timeTold: boolean;
}

const written = (date: DateTime): ZonedDate =>
  // A form that asks for a time has midnight where nobody gave one.
  date.hour === 0 && date.minute === 0 && date.second === 0
    ? { at: `${date.toISODate()}T00:00:00Z`, timeTold: false }
    : { at: date.toISO({ suppressMilliseconds: true })!, timeTold: true };

/**
 * Reads a date that a program wrote, in the time zone that its source means if it names none; null if there
 * is none. Throws an error that says so if it is in no known form: a guess could be months off.
 */
export function zonedDate(text: string, zone: string): ZonedDate | null {
  const bare = text.trim();
  if (bare === '') return null;
  const parts = FORMS.map((form) => form.exec(bare)?.groups).find((groups) => groups !== undefined);
  const read = parts
    ? DateTime.fromObject(
        Object.fromEntries(Object.entries(parts).map(([unit, value]) => [unit, Number(value ?? 0)])),
        { zone },
      )
    : DateTime.fromISO(bare, { zone });
  if (!read.isValid) throw new Error(`"${bare.slice(0, 40)}" is no date in a known form`);
  return written(read);
}

/** The same for a moment that is no deadline: a day begins at its midnight there. */
export function zonedInstant(text: string, zone: string): string | null {
  const date = zonedDate(text, zone);
  if (date === null || date.timeTold) return date?.at ?? null;
  return DateTime.fromISO(date.at.slice(0, 10), { zone }).toISO({ suppressMilliseconds: true });
}
