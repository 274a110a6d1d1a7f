import type { NotifiableEvent } from '../../calls/domain/versions/diff.js';
import { type Band, bandOf } from '../../kernel/band.js';

/**
 * The level a match has reached: one event per level, since some recipients want everything, some possible
 * matches, some only strong ones. These words are in the keys of stored events, where uncertain matches were
 * once called possible.
 */
const STEP: Record<Band, string> = {
  strong: 'strong',
  possible: 'likely',
  uncertain: 'possible',
  weak: 'weak',
};

/**
 * Returns events for calls that fit a profile: from the score `least` of each on, once per level. `byCall`:
 * whether the call's text, and not only a change of the profile, caused it. `inside`: whether the scores are
 * those that the institute's own people see.
 */
export const eventsOfMatches = (
  profileId: string,
  matches: { callId: string; version: number; score: number; least: number; byCall: boolean }[],
  inside: boolean,
): NotifiableEvent[] =>
  matches
    .filter((m) => m.score >= m.least)
    .map(({ callId, version, score, byCall }) => ({
      key: `${inside ? 'match' : 'shared-match'}/${profileId}/${callId}/${STEP[bandOf(score)]}`,
      kind: 'match',
      callId,
      version,
      profileId,
      about: null,
      byCall,
      inside,
    }));
