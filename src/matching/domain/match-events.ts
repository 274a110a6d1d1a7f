import type { NotifiableEvent } from '../../calls/domain/index.js';
import { type Band, bandOf } from '../../kernel/band.js';

/**
 * The step that a match has reached: at each there is one event, since some want all that is told, some what
 * is possible, some what is strong. These are the words in the keys of events that are stored: what is
 * uncertain was called possible once.
 */
const STEP: Record<Band, string> = {
  strong: 'strong',
  possible: 'likely',
  uncertain: 'possible',
  weak: 'weak',
};

/**
 * Calls that fit a profile, as events: from the score `least` (0 to 100) on, once at each step. `byCall`: by
 * what the call says now, and not by a change of the profile.
 */
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
