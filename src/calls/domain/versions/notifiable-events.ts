import type { Change } from './diff.js';

/** A recorded event. */
export interface NotifiableEvent {
  key: string;
  kind: 'match' | 'call' | 'change' | 'answer' | 'source' | 'partners';
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
