import type { Change } from '../../../calls/domain/versions/diff.js';
import { bandOf } from '../../../matching/domain/scoring/band.js';
import type { NotifiableEvent } from '../schedule/plan.js';

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

/** Calls that fit a profile, as events: from the score `least` (0 to 100) on, once in each band. `byCall`: by what the call says now, and not by a change of the profile. */
export const eventsOfMatches = (
  profileId: string,
  matches: { callId: string; version: number; score: number }[],
  { least, byCall }: { least: number; byCall: boolean },
): NotifiableEvent[] =>
  matches
    .filter((m) => m.score >= least)
    .map(({ callId, version, score }) => ({
      ...nothing,
      key: `match/${profileId}/${callId}/${bandOf(score)}`,
      kind: 'match',
      callId,
      version,
      profileId,
      byCall,
    }));
