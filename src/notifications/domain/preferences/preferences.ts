import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { BRUSSELS, TimeOfDay } from '../../../kernel/brussels.js';
import { issue } from '../../../kernel/issues.js';
import { BAND_FROM } from '../../../kernel/band.js';

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/**
 * When digests are sent: every day or on a weekday, at a time of day ("07:00") in a time zone (Brussels by
 * default).
 */
export interface DigestTimes {
  frequency: 'weekly' | 'daily';
  weekday: (typeof WEEKDAYS)[number];
  at: string;
  zone?: string;
}

/** Returns the first digest date after `after`. */
export function nextSlot(after: Date, times: DigestTimes): Date {
  // The end of the day rather than a number of hours: a day has 23 or 25 hours when clocks change.
  const lastUntil = (daysAhead: number): Date =>
    lastSlot(
      DateTime.fromJSDate(after)
        .setZone(times.zone ?? BRUSSELS)
        .plus({ days: daysAhead })
        .endOf('day')
        .toJSDate(),
      times,
    );
  const today = lastUntil(0);
  return today > after ? today : lastUntil(times.frequency === 'daily' ? 1 : 7);
}

/** Returns the last digest date up to `now`. Respects daylight saving time: 07:00 stays 07:00 local time. */
export function lastSlot(now: Date, times: DigestTimes): Date {
  const [hour, minute] = times.at.split(':').map(Number) as [number, number];
  const today = DateTime.fromJSDate(now)
    .setZone(times.zone ?? BRUSSELS)
    .startOf('day');
  // Set from the start of the day: a time that occurs twice or never when clocks change is one instant.
  const slotOn = (day: DateTime) => day.set({ hour, minute }).toJSDate();
  const back =
    times.frequency === 'daily' ? 0 : (today.weekday - (WEEKDAYS.indexOf(times.weekday) + 1) + 7) % 7;
  const latest = today.minus({ days: back });
  const slot = slotOn(latest);
  return slot <= now ? slot : slotOn(latest.minus({ days: times.frequency === 'daily' ? 1 : 7 }));
}

/** A matching call, when it was first seen, and until when it was open. */
export interface FirstSeen {
  id: string;
  score: number;
  seen: Date;
  over: Date | null;
}

/**
 * Returns the digest in which each call would have appeared if digests had always been sent: each date takes
 * the best calls that were seen and are not over, up to the capacity of an e-mail; the rest wait. A call that
 * is over before its turn is in none.
 */
export function pastDigests(calls: FirstSeen[], times: DigestTimes, room: number): Map<string, Date> {
  const announced = new Map<string, Date>();
  const coming = [...calls].sort((a, b) => a.seen.getTime() - b.seen.getTime());
  let waiting: FirstSeen[] = [];
  let slot = coming[0] ? nextSlot(coming[0].seen, times) : null;
  while (slot) {
    const date: Date = slot;
    while (coming[0] && coming[0].seen <= date) waiting.push(coming.shift()!);
    waiting = waiting
      .filter((c) => c.over === null || c.over > date)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    for (const call of waiting.splice(0, room)) announced.set(call.id, date);
    const next: Date | undefined = waiting.length ? date : coming[0]?.seen;
    slot = next ? nextSlot(next, times) : null;
  }
  return announced;
}

/** When and how much a recipient wants to receive. */
export const Preferences = z.strictObject({
  /** `at-once` sends each event as it happens: for programs and chats rather than people. */
  frequency: z.enum(['weekly', 'daily', 'at-once']),
  weekday: z.enum(WEEKDAYS),
  at: TimeOfDay,
  zone: z
    .string()
    .max(100)
    .refine((zone) => IANAZone.isValidZone(zone), issue('time-zone')),
  /**
   * Whether urgent news is sent immediately: a deadline brought forward or extended late, a withdrawal, a
   * strong match with little time left.
   */
  urgent: z.boolean(),
  /** Whether digests list topics of drafts that fit. */
  coming: z.boolean(),
  /** Whether digests list news of questions on calls that the institute studies. */
  questions: z.boolean(),
  /** The maximum number of messages a day; the rest waits for the digest, which says so. */
  dailyLimit: z.number().int().min(1).max(1000),
  /** Reminders: days before each deadline of an announced call. */
  deadlineDays: z.array(z.number().int().min(0).max(365)).max(20),
  /** Which calls are announced: strong matches, possible ones too, or all from the installation's minimum. */
  from: z.enum(['strong', 'possible', 'uncertain']),
});
export type Preferences = z.infer<typeof Preferences>;

type YesOrNo = { [N in keyof Preferences]: Preferences[N] extends boolean ? N : never }[keyof Preferences];
/** The preferences that are answered with yes or no, in the order of the pages. */
export const YES_OR_NO = Object.entries(Preferences.shape).flatMap(([name, answer]) =>
  answer instanceof z.ZodBoolean ? [name as YesOrNo] : [],
);

/** A recipient's own choices; anything omitted inherits the institute's defaults, then the installation's. */
export const PreferenceValues = Preferences.partial().meta({ id: 'NotificationPreferences' });
export type PreferenceValues = z.infer<typeof PreferenceValues>;

/** Returns the defaults of the configuration. */
export const installationPreferences = ({
  digest: { frequency, weekday, at },
  notifications: { warnAbovePerWeek: _, ...notifications },
}: {
  digest: Pick<Preferences, 'weekday' | 'at'> & { frequency: 'weekly' | 'daily' };
  notifications: Omit<Preferences, 'frequency' | 'weekday' | 'at'> & { warnAbovePerWeek?: number };
}): Preferences => ({ frequency, weekday, at, ...notifications });

/** Merges preferences: a recipient's own override the institute's, which override the installation's. */
export const preferencesOf = (
  own: PreferenceValues,
  institute: PreferenceValues,
  installation: Preferences,
): Preferences => ({ ...installation, ...institute, ...own });

/** Returns the minimum score (0 to 100) of calls for these preferences; `minScore` is the installation's. */
export const leastScoreOf = ({ from }: Pick<Preferences, 'from'>, minScore: number): number =>
  from === 'uncertain' ? minScore : Math.max(BAND_FROM[from], minScore);

/** When digests are sent, how long they are, and from which score on a call is announced. */
export const DigestSettings = z.strictObject({
  frequency: z.enum(['weekly', 'daily']),
  weekday: z.enum(WEEKDAYS),
  at: TimeOfDay,
  maxItems: z.number().int().min(1).max(200),
  first: z.number().int().min(1).max(200),
  minScore: z.number().min(0).max(100),
  decisionSpread: z.number().min(0).max(5),
});

/** What holds for everybody who has not chosen; when digests are sent is set separately. */
export const NotificationSettings = Preferences.omit({ frequency: true, weekday: true, at: true }).extend({
  warnAbovePerWeek: z.number().min(0).max(1000),
});

/** How well a call fits an institute, and the threshold of the institute, if its decisions moved it. */
export interface FitWithThreshold {
  score: number;
  threshold: number | null;
}

/**
 * Whether a call fits well enough to be announced. `least` is the minimum score of these preferences where no
 * decisions moved the threshold; whoever wants fewer and surer calls gets no others by a lower threshold.
 */
export const fitsEnough = (
  { score, threshold }: FitWithThreshold,
  { preferences, least }: { preferences: Pick<Preferences, 'from'>; least: number },
): boolean => score >= (threshold === null ? least : leastScoreOf(preferences, threshold));

/** The same in SQL, for a match `m`. `least` and `floor` (see `floorOf`) are SQL. */
export const fitsEnoughSql = (m: string, { least, floor }: { least: string; floor: string }): string =>
  `${m}.score >= CASE WHEN ${m}.threshold IS NULL THEN ${least} ELSE greatest(${m}.threshold, ${floor}) END`;

/** The score below which these preferences want no calls, wherever the threshold is. */
export const floorOf = ({ from }: Pick<Preferences, 'from'>): number => leastScoreOf({ from }, 0);
