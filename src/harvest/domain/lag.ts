import { DateTime } from 'luxon';
import { z } from 'zod';
import { BRUSSELS, inBrussels, daysBetween } from '../../kernel/brussels.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';
import { spreadOf } from '../../kernel/statistics.js';

/**
 * A call, or a note on one, with its publication as stated (a date, or an instant in ISO 8601), and when it
 * was first stored here and first sent.
 */
export interface Published {
  published: string;
  known: Date;
  announced: Date | null;
}

/** The spread of the lag over `n` calls and notes. */
export const LagSpread = z.object({ n: z.number().int(), medianHours: z.number(), p90Hours: z.number() });
export type LagSpread = z.infer<typeof LagSpread>;
export interface Lag {
  known: LagSpread | null;
  announced: LagSpread | null;
}

const DAY_HOURS = 24;

/**
 * Returns the stated day if no time was stated: a plain date, or midnight in UTC or Brussels, which is how
 * instants express a date.
 */
function statedDay(published: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(published)) return published;
  const isMidnight = [BRUSSELS, 'utc'].some(
    (zone) => +DateTime.fromISO(published, { zone }).startOf('day') === Date.parse(published),
  );
  // Midnight UTC falls on the same day in Brussels, which is ahead of it.
  return isMidnight ? inBrussels(published).slice(0, 10) : null;
}

/**
 * Returns the hours from a publication to a moment; if only its day is stated, whole days in Brussels. Zero
 * if it was known before its stated publication.
 */
export function lagHours(published: string, then: Date): number {
  const day = statedDay(published);
  const hours =
    day === null ? (then.getTime() - Date.parse(published)) / HOUR_MS : DAY_HOURS * daysBetween(day, then);
  return Math.max(0, Math.round(hours * 10) / 10);
}

function spread(hours: number[]): LagSpread | null {
  const { median, p90 } = spreadOf(hours);
  return median === null || p90 === null ? null : { n: hours.length, medianHours: median, p90Hours: p90 };
}

/** Returns the lag from publication until these were stored, and until they were sent. */
export const lagOf = (published: Published[]): Lag => ({
  known: spread(published.map((p) => lagHours(p.published, p.known))),
  announced: spread(published.flatMap((p) => (p.announced ? [lagHours(p.published, p.announced)] : []))),
});

/** A topic that stood in a draft before it was published. */
export interface Foreseen {
  /** When its first draft was put before the committee, and when we read it. */
  drafted: string;
  seen: Date;
  published: Date;
  /** When the first message that names it as a draft was sent. */
  told: Date | null;
}

/** How much sooner topics were known from drafts. */
export const Lead = z
  .object({
    topics: z.number().int().describe('published after they had stood in a draft that was read'),
    days: z.number().nullable().describe('median, from the first draft to the publication'),
    daysToMessage: z
      .number()
      .nullable()
      .describe('median, from when its draft was first read to the first message that names it'),
  })
  .meta({ id: 'DraftLead' });
export type Lead = z.infer<typeof Lead>;

const daysTo = (from: Date, to: Date): number =>
  Math.max(0, Math.round((10 * (to.getTime() - from.getTime())) / DAY_MS) / 10);

export const leadOf = (foreseen: readonly Foreseen[]): Lead => ({
  topics: foreseen.length,
  days: spreadOf(foreseen.map((f) => daysTo(new Date(f.drafted), f.published))).median,
  daysToMessage: spreadOf(foreseen.flatMap((f) => (f.told ? [daysTo(f.seen, f.told)] : []))).median,
});
