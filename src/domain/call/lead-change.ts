import { DateTime } from 'luxon';
import { BRUSSELS } from './brussels.js';
import type { CallContent } from './call-content.js';
import { changesBetween, type Change } from './diff.js';

const days = ({ deadlines }: CallContent): string => deadlines.map((d) => DateTime.fromISO(d.at, { zone: BRUSSELS }).toISODate()).join(' ');

/**
 * What is told where another source's word takes the place of the former one's: that its deadlines fall on other days. That it
 * says the same in other words, names another hour of the same day, or no day at all, has not changed the call.
 */
export function changesOfLead(before: CallContent, after: CallContent): Change[] {
  return !before.deadlines.length || !after.deadlines.length || days(before) === days(after) ? [] : changesBetween(before, after).filter((c) => c.field === 'deadlines');
}
