import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../kernel/brussels.js';
import type { CallContent } from '../call-content.js';
import { changesBetween, type Change } from './diff.js';

const days = ({ deadlines }: CallContent): string =>
  deadlines.map((d) => DateTime.fromISO(d.at, { zone: BRUSSELS }).toISODate()).join(' ');

const daysMoved = (before: CallContent, after: CallContent): boolean =>
  before.deadlines.length > 0 && after.deadlines.length > 0 && days(before) !== days(after);
const movesIn = (changes: Change[]): Change[] => changes.filter((c) => c.field === 'deadlines');

/**
 * Returns what to report when another source takes over as the lead: deadlines on other days. Other wording,
 * another hour of the same day, or a missing day does not mean that the call has changed.
 */
export const changesOfLead = (before: CallContent, after: CallContent): Change[] =>
  daysMoved(before, after) ? movesIn(changesBetween(before, after)) : [];

const hasTotal = ({ budget }: CallContent): boolean => typeof budget?.total === 'number';

/**
 * Returns what another page of the same source cannot word differently: whether the call is open, and the
 * total budget.
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
 * Returns what to report when the same source shows the call elsewhere, such as in its list instead of its
 * search. A change at that very moment must not be lost; different wording there has not changed the call.
 */
export function changesOfPlace(before: CallContent, after: CallContent): Change[] {
  const changes = changesBetween(before, after);
  return [...(daysMoved(before, after) ? movesIn(changes) : []), ...changes.filter(isPlain(before, after))];
}
