import { DateTime } from 'luxon';
import { BRUSSELS } from '../brussels.js';
import type { CallContent } from '../call-content.js';
import { changesBetween, type Change } from './diff.js';

const days = ({ deadlines }: CallContent): string =>
  deadlines.map((d) => DateTime.fromISO(d.at, { zone: BRUSSELS }).toISODate()).join(' ');

const daysMoved = (before: CallContent, after: CallContent): boolean =>
  before.deadlines.length > 0 && after.deadlines.length > 0 && days(before) !== days(after);
const movesIn = (changes: Change[]): Change[] => changes.filter((c) => c.field === 'deadlines');

/**
 * What is told where another source's word takes the place of the former one's: that its deadlines fall on
 * other days. That it says the same in other words, names another hour of the same day, or no day at all, has
 * not changed the call.
 */
export const changesOfLead = (before: CallContent, after: CallContent): Change[] =>
  daysMoved(before, after) ? movesIn(changesBetween(before, after)) : [];

const hasTotal = ({ budget }: CallContent): boolean => typeof budget?.total === 'number';

/**
 * What no other place of the same source can say in other words: whether the call is open, and how much money
 * there is in all.
 */
const isPlain =
  (before: CallContent, after: CallContent) =>
  ({ kind, field }: Change): boolean =>
    field === 'sourceStatus' ||
    (kind === 'budget' &&
      hasTotal(before) &&
      hasTotal(after) &&
      before.budget?.currency === after.budget?.currency);

/**
 * What is told where the same source shows the call in another place, as in its list instead of its search.
 * What changed in the very moment must not be lost; that other words are used there has not changed the call.
 */
export function changesOfPlace(before: CallContent, after: CallContent): Change[] {
  const changes = changesBetween(before, after);
  return [...(daysMoved(before, after) ? movesIn(changes) : []), ...changes.filter(isPlain(before, after))];
}
