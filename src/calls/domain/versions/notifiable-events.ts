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

const nothing = { callId: null, version: null, profileId: null, about: null, byCall: false };

/** What becomes of calls, as events. What stood there at a source's first reading is none. */
export const eventsOfVersions = (
  versions: { callId: string; version: number; changes: Change[] }[],
): NotifiableEvent[] =>
  versions.flatMap(({ callId, version, changes }): NotifiableEvent[] => {
    if (!changes.length) return [];
    return changes.some((c) => c.kind === 'new')
      ? [{ ...nothing, key: `call/${callId}`, kind: 'call', callId, version }]
      : [{ ...nothing, key: `change/${callId}/${version}`, kind: 'change', callId, version }];
  });
