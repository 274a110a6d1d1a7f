import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../kernel/brussels.js';
import type { CallContent } from '../call-content.js';
import { type Change, changesBetween } from './diff.js';

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

/**
 * `match`: a call fits a profile; `call`: a call was first seen; `change`: a call changed; `answer`: somebody
 * who was asked replied; `source`: a source went quiet or cannot be read; `partners`: new partner searches;
 * `questions`: questions on it are new, corrected or withdrawn.
 * A version that adds one needs a migration for which old code must stop: older workers skip what they do
 * not know.
 */
export const EVENT_KINDS = ['match', 'call', 'change', 'answer', 'source', 'partners', 'questions'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** A recorded event. */
export interface NotifiableEvent {
  key: string;
  kind: EventKind;
  callId: string | null;
  version: number | null;
  profileId: string | null;
  about: string | null;
  byCall: boolean;
  /** Whether it is for the institute's own people only, or for everybody else only; null for any reader. */
  inside: boolean | null;
}

/** An event for nobody in particular. */
const forAll = { profileId: null, about: null, byCall: false, inside: null };

/** Turns versions of calls into events. Calls already there at a source's first reading give none. */
export const eventsOfVersions = (
  versions: { callId: string; version: number; changes: Change[] }[],
): NotifiableEvent[] =>
  versions.flatMap(({ callId, version, changes }): NotifiableEvent[] => {
    if (!changes.length) return [];
    return changes.some((c) => c.kind === 'new')
      ? [{ ...forAll, key: `call/${callId}`, kind: 'call', callId, version }]
      : [{ ...forAll, key: `change/${callId}/${version}`, kind: 'change', callId, version }];
  });
