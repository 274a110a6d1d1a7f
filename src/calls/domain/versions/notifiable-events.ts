import type { Change } from './diff.js';

/** Something that happened, as it was written down. */
export interface NotifiableEvent {
  key: string;
  kind: 'match' | 'call' | 'change' | 'answer' | 'source' | 'partners';
  callId: string | null;
  version: number | null;
  profileId: string | null;
  about: string | null;
  byCall: boolean;
}

/** What is said of a call for nobody in particular. */
const forAll = { profileId: null, about: null, byCall: false };

/** What becomes of calls, as events. What stood there at a source's first reading is none. */
export const eventsOfVersions = (
  versions: { callId: string; version: number; changes: Change[] }[],
): NotifiableEvent[] =>
  versions.flatMap(({ callId, version, changes }): NotifiableEvent[] => {
    if (!changes.length) return [];
    return changes.some((c) => c.kind === 'new')
      ? [{ ...forAll, key: `call/${callId}`, kind: 'call', callId, version }]
      : [{ ...forAll, key: `change/${callId}/${version}`, kind: 'change', callId, version }];
  });
