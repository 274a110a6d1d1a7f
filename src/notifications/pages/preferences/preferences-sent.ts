import { DateTime } from 'luxon';
import { z } from 'zod';
import { Day } from '../../../kernel/moment.js';
import { Preferences } from '../../domain/preferences/preferences.js';
import { PipelineMails } from '../../../access/domain/pipeline-mails.js';
import { Language } from '../../../kernel/language.js';
import type { PreferencesInput } from '../../api/preferences-views.js';
import type { MessageKey } from '../../../i18n/all.js';
import type { Viewer } from '../../../ui/viewer.js';

const { frequency, weekday, at, zone, deadlineDays, from } = Preferences.shape;

/** Parses a list of numbers. */
const numbersOf = (line: string): number[] =>
  line
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);

/** The preference fields; an empty one inherits the default. */
const PREFERENCE_FIELDS = {
  frequency: frequency.optional(),
  weekday: weekday.optional(),
  at: at.optional(),
  zone: zone.optional(),
  urgent: z
    .enum(['yes', 'no'])
    .transform((x) => x === 'yes')
    .optional(),
  dailyLimit: z.coerce.number().int().min(1).max(1000).optional(),
  deadlineDays: z.string().max(200).transform(numbersOf).pipe(deadlineDays).optional(),
  from: from.optional(),
};

export const PreferenceFieldsSent = z.object(PREFERENCE_FIELDS);
export const PreferencesSent = z.object({
  ...PREFERENCE_FIELDS,
  pausedUntil: Day.optional(),
  language: Language.optional(),
  pipeline: PipelineMails.optional(),
});
export type PreferencesSent = z.infer<typeof PreferencesSent>;

/** Converts the form. A pause lasts until the day begins in the reader's zone. */
export function inputOf(
  { pausedUntil, language, pipeline, ...preferences }: PreferencesSent,
  zoneThatHolds: string,
): PreferencesInput {
  const until =
    pausedUntil === undefined
      ? null
      : DateTime.fromISO(pausedUntil, { zone: preferences.zone ?? zoneThatHolds })
          .toUTC()
          .toISO();
  return { preferences, pausedUntil: until, ...(language && { language }), ...(pipeline && { pipeline }) };
}

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
    fields.map((f) => f.split('.')[0]!).map((f) => [f, v.t(WRONG[f] ?? 'preferences.wrong.choice')]),
  );
