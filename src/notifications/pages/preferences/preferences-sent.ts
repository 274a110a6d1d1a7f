import { DateTime } from 'luxon';
import type { MessageKey } from '../../../i18n/all.js';
import { type FormFields, numberIn, textIn } from '../../../ui/form.js';
import type { Viewer } from '../../../ui/viewer.js';

/** A list of numbers, as people write it. */
const numbersIn = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number)
    : value;
const YES_NO: Record<string, boolean> = { yes: true, no: false };
const yesNoIn = (value: unknown): unknown => YES_NO[textIn(value)] ?? value;

/**
 * The preferences in a form; an empty field inherits the default. Without their fields it is another form,
 * which must not set all of them back.
 */
export const preferencesIn = (fields: FormFields): FormFields | undefined => {
  if (!('frequency' in fields)) return undefined;
  const { frequency, weekday, at, zone, urgent, coming, questions, dailyLimit, deadlineDays, from } = fields;
  return {
    ...{ frequency, weekday, at, zone, from },
    urgent: yesNoIn(urgent),
    coming: yesNoIn(coming),
    questions: yesNoIn(questions),
    dailyLimit: numberIn(dailyLimit),
    deadlineDays: numbersIn(deadlineDays),
  };
};

/** The day until which messages pause, as the moment at which it begins in the reader's zone. */
function pauseIn(day: unknown, zone: string): unknown {
  if (day === undefined) return null;
  const begins = DateTime.fromISO(textIn(day), { zone });
  return begins.isValid ? begins.toUTC().toISO() : day;
}

/** The choices of a person in a form. `zoneThatHolds` is theirs unless they choose another one. */
export const choicesIn =
  (zoneThatHolds: string) =>
  (fields: FormFields): FormFields => ({
    preferences: preferencesIn(fields),
    pausedUntil: pauseIn(fields['pausedUntil'], textIn(fields['zone']) || zoneThatHolds),
    language: fields['language'],
    pipeline: fields['pipeline'],
  });

const WRONG: Record<string, MessageKey> = {
  at: 'preferences.wrong.at',
  zone: 'preferences.wrong.zone',
  dailyLimit: 'preferences.wrong.dailyLimit',
  deadlineDays: 'preferences.wrong.deadlineDays',
  pausedUntil: 'preferences.wrong.pausedUntil',
};

/** Returns the error message of each invalid field, in the reader's language. */
export const wrong = (v: Viewer, fields: string[]): Record<string, string> =>
  Object.fromEntries(
    fields
      .map((f) => f.replace(/^preferences\./, '').split('.')[0]!)
      .map((f) => [f, v.t(WRONG[f] ?? 'preferences.wrong.choice')]),
  );
