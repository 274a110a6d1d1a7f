import type { KeptReading } from '../reader/kept-reading.js';
import type { MatchScore } from '../scoring/match.js';
import { byScore, type RankedCall } from '../scoring/ranked.js';
import type { Steps } from '../scoring/steps.js';
import { signals } from './plugged-in.js';
import type { Beside } from './signal.js';

/** Returns a match adjusted by what is known besides the profile. */
const afterwards = (match: MatchScore, beside: Beside): MatchScore =>
  signals().reduce((sum, signal) => signal.after?.(sum, beside) ?? sum, match);

/** Adjusts all of a profile's calls, best first; one step per call. */
export function* rankedAfterwards<T extends RankedCall & { reading?: KeptReading | undefined }>(
  ranked: readonly T[],
  of: Pick<Beside, 'pastVerdicts' | 'alike'>,
): Steps<T[]> {
  const adjusted: T[] = [];
  for (const call of ranked) {
    const match = afterwards(call.match, { callId: call.id, reading: call.reading, ...of });
    adjusted.push({ ...call, match });
    yield;
  }
  return adjusted.sort(byScore);
}
