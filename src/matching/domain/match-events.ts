import type { NotifiableEvent } from '../../calls/domain/index.js';
import { type Band, bandOf } from '../../kernel/band.js';

/** The step that a match has reached, as it stands in the keys of events that are stored: within one it is told once. */
const STEP: Record<Band, string> = {
  strong: 'strong',
  possible: 'possible',
  uncertain: 'possible',
  weak: 'weak',
};

/** Calls that fit a profile, as events: from the score `least` (0 to 100) on, once at each step. `byCall`: by what the call says now, and not by a change of the profile. */
export const eventsOfMatches = (
  profileId: string,
  matches: { callId: string; version: number; score: number }[],
  { least, byCall }: { least: number; byCall: boolean },
): NotifiableEvent[] =>
  matches
    .filter((m) => m.score >= least)
    .map(({ callId, version, score }) => ({
      key: `match/${profileId}/${callId}/${STEP[bandOf(score)]}`,
      kind: 'match',
      callId,
      version,
      profileId,
      about: null,
      byCall,
    }));
