import { DateTime } from 'luxon';
import { BRUSSELS } from '../../kernel/brussels.js';

/**
 * A calendar month: `2026-06`, and its weeks from Monday to Sunday, with null for days of adjacent months.
 */
export interface Month {
  month: string;
  weeks: (string | null)[][];
}

const dayOf = (month: string): DateTime => DateTime.fromISO(`${month}-01`, { zone: BRUSSELS });

/** Returns the current month in Brussels at an instant. */
export const monthAt = (at: Date): string => DateTime.fromJSDate(at, { zone: BRUSSELS }).toFormat('yyyy-MM');

/** Adds months; a negative count goes back. */
export const monthsLater = (month: string, count: number): string =>
  dayOf(month).plus({ months: count }).toFormat('yyyy-MM');

/** Returns the instant at which a month or day begins in Brussels. */
export const beginning = (monthOrDay: string): Date =>
  DateTime.fromISO(monthOrDay, { zone: BRUSSELS }).startOf('day').toJSDate();

/** Returns the instant at which the next day begins in Brussels. */
export const dayAfter = (day: string): Date =>
  DateTime.fromISO(day, { zone: BRUSSELS }).startOf('day').plus({ days: 1 }).toJSDate();

function monthOf(month: string): Month {
  const first = dayOf(month);
  const days = Array.from({ length: first.daysInMonth! }, (_, i) => first.plus({ days: i }).toISODate()!);
  const cells = [...Array.from({ length: first.weekday - 1 }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, w) =>
    Array.from({ length: 7 }, (_, d) => cells[w * 7 + d] ?? null),
  );
  return { month, weeks };
}

export const monthsFrom = (month: string, count: number): Month[] =>
  Array.from({ length: count }, (_, i) => monthOf(monthsLater(month, i)));
