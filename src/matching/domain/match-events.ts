import type { NotifiableEvent } from '../../calls/domain/index.js';
import { bandOf } from '../../kernel/band.js';

/** Calls that fit a profile, as events: from the score `least` (0 to 100) on, once in each band. `byCall`: by what the call says now, and not by a change of the profile. */
export const eventsOfMatches = (
  profileId: string,
  matches: { callId: string; version: number; score: number }[],
  { least, byCall }: { least: number; byCall: boolean },
): NotifiableEvent[] =>
  matches
    .filter((m) => m.score >= least)
    .map(({ callId, version, score }) => ({
      key: `match/${profileId}/${callId}/${bandOf(score)}`,
      kind: 'match',
      callId,
      version,
      profileId,
      about: null,
      byCall,
    }));
