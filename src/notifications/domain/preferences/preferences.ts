import { IANAZone } from 'luxon';
import { z } from 'zod';
import { BAND_FROM } from '../../../kernel/band.js';
import { WEEKDAYS } from '../schedule/digest-times.js';

/** The hour of a day as people write it. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day')
  .describe('hours and minutes in quotes, such as "07:00"');

/** When and how much somebody wants to be told. */
export const Preferences = z.strictObject({
  /** `at-once` tells each thing as it happens; that is for machines and chats more than for people. */
  frequency: z.enum(['weekly', 'daily', 'at-once']),
  weekday: z.enum(WEEKDAYS),
  at: TimeOfDay,
  zone: z
    .string()
    .max(100)
    .refine((zone) => IANAZone.isValidZone(zone), 'is not a time zone such as Europe/Brussels'),
  /**
   * Whether what cannot wait is told at once: a deadline brought forward or extended late, a withdrawal, a
   * strong match with little time left.
   */
  urgent: z.boolean(),
  /** At most so many messages a day; what comes on top waits for the digest, which says so. */
  dailyLimit: z.number().int().min(1).max(1000),
  /** So many days before each deadline of a call that was told. */
  deadlineDays: z.array(z.number().int().min(0).max(365)).max(20),
  /**
   * What is told of calls: those that fit strongly only, possible ones too, or all from the installation's
   * least score on.
   */
  from: z.enum(['strong', 'possible', 'uncertain']),
});
export type Preferences = z.infer<typeof Preferences>;

/**
 * What somebody says of it; what they leave out is as their institute's defaults say, and then as the
 * installation's.
 */
export const PreferenceValues = Preferences.partial().meta({ id: 'NotificationPreferences' });
export type PreferenceValues = z.infer<typeof PreferenceValues>;

/** What the configuration says for everybody. */
export const installationPreferences = ({
  digest: { frequency, weekday, at },
  notifications: { warnAbovePerWeek: _, ...notifications },
}: {
  digest: Pick<Preferences, 'weekday' | 'at'> & { frequency: 'weekly' | 'daily' };
  notifications: Omit<Preferences, 'frequency' | 'weekday' | 'at'> & { warnAbovePerWeek?: number };
}): Preferences => ({ frequency, weekday, at, ...notifications });

/** The preferences that hold: one's own before the institute's before the installation's. */
export const preferencesOf = (
  own: PreferenceValues,
  institute: PreferenceValues,
  installation: Preferences,
): Preferences => ({ ...installation, ...institute, ...own });

/**
 * The score, 0 to 100, from which on calls are told to somebody who wants this; `minScore` is the
 * installation's.
 */
export const leastScoreOf = ({ from }: Pick<Preferences, 'from'>, minScore: number): number =>
  from === 'uncertain' ? minScore : Math.max(BAND_FROM[from], minScore);
