import { DateTime } from 'luxon';
import { BRUSSELS, daysBetween, inBrussels } from '../../calls/domain/index.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { spreadOf } from '../../kernel/spread.js';

/**
 * A call, or a note on one, with its publication as it was stated (a day, or an instant in ISO 8601), and
 * when it was known here and told first.
 */
export interface Published {
  published: string;
  known: Date;
  announced: Date | null;
}

/** How long it took, over `n` of them. */
export interface LagSpread {
  n: number;
  medianHours: number;
  p90Hours: number;
}
export interface Lag {
  known: LagSpread | null;
  announced: LagSpread | null;
}

const DAY_HOURS = 24;

/**
 * The day that was stated, where no time was: a plain day, or midnight of UTC or of Brussels, which is how
 * instants say one.
 */
function statedDay(published: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(published)) return published;
  const isMidnight = [BRUSSELS, 'utc'].some(
    (zone) => +DateTime.fromISO(published, { zone }).startOf('day') === Date.parse(published),
  );
  // Midnight of UTC falls on the same day in Brussels, which is ahead of it.
  return isMidnight ? inBrussels(published).slice(0, 10) : null;
}

/**
 * Hours from a publication to a moment; where only its day is stated, whole days of Brussels. What was there
 * before its stated publication took no time.
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

/** How long after their publication these were known, and told. */
export const lagOf = (published: Published[]): Lag => ({
  known: spread(published.map((p) => lagHours(p.published, p.known))),
  announced: spread(published.flatMap((p) => (p.announced ? [lagHours(p.published, p.announced)] : []))),
});
