import { DateTime } from 'luxon';
import { BRUSSELS } from '../../kernel/brussels.js';
import { CLOCK_SKEW_MS } from '../../kernel/lifetimes.js';
import type { BackupSettings } from './settings.js';

/** When it was last time for a backup, at this hour of each day in Brussels, in milliseconds. */
export function lastTurn(now: Date, at: string): number {
  const [hour, minute] = at.split(':').map(Number);
  const today = DateTime.fromJSDate(now, { zone: BRUSSELS }).set({ hour, minute, second: 0, millisecond: 0 });
  return (today.toMillis() <= now.getTime() ? today : today.minus({ days: 1 })).toMillis();
}

/**
 * When something was noted, in milliseconds; null for a time still to come, which was noted while the clock
 * was ahead and says nothing.
 */
export function pastTime(at: string | undefined, now: Date): number | null {
  const ms = at === undefined ? NaN : Date.parse(at);
  return ms <= now.getTime() + CLOCK_SKEW_MS ? ms : null;
}

type Dated = { name: string; madeAt: Date; beforeUpdate: boolean };

/** The newest backup of each of the last so many days, weeks or months in which there is one. */
function newestOfEach(backups: readonly Dated[], form: string, most: number): string[] {
  const newest = new Map<string, Dated>();
  for (const backup of backups) {
    const period = DateTime.fromJSDate(backup.madeAt, { zone: BRUSSELS }).toFormat(form);
    const known = newest.get(period);
    if (!known || known.madeAt < backup.madeAt) newest.set(period, backup);
  }
  return [...newest.values()]
    .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime())
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * The names of those that are kept no longer: neither among the last days, nor the newest of one of the last
 * weeks (from Monday) or months. Days without a backup do not count, so a long standstill removes none. Of
 * those made before an update, as many as days stay beside them: the version before cannot read later ones.
 */
export function outdated(
  backups: readonly Dated[],
  { keepDays, keepWeeks, keepMonths }: Pick<BackupSettings, 'keepDays' | 'keepWeeks' | 'keepMonths'>,
): string[] {
  const usual = backups.filter(({ beforeUpdate }) => !beforeUpdate);
  const updates = backups.filter(({ beforeUpdate }) => beforeUpdate);
  const kept = new Set([
    ...newestOfEach(usual, 'yyyy-LL-dd', keepDays),
    ...newestOfEach(usual, "kkkk-'W'WW", keepWeeks),
    ...newestOfEach(usual, 'yyyy-LL', keepMonths),
    ...newestOfEach(updates, 'x', keepDays),
  ]);
  return backups.map(({ name }) => name).filter((name) => !kept.has(name));
}
