import type { Change } from './diff.js';

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
