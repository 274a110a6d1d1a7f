import type { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import type { RankedCall } from '../../../src/matching/domain/scoring/match.js';
import type { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import type { Profile } from '../../../src/profiles/domain/profile.js';

/**
 * Returns every call that contains words of the profile, best first, by words alone; with `only`, just those
 * ids.
 */
export function wordsRanked(
  index: CallIndex,
  profile: Profile,
  settings: MatchingSettings,
  only?: ReadonlySet<string>,
): RankedCall[] {
  const { raw, ids, matchFor } = toEnd(index.rawScores(profile, settings, only));
  const found = ids.flatMap((id, number): RankedCall[] =>
    id !== undefined && (raw[number] ?? 0) > 0 ? [{ id, match: matchFor(id)! }] : [],
  );
  return found.sort((a, b) => b.match.score - a.match.score || (a.id < b.id ? -1 : 1));
}
