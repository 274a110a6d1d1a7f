import type { KeptReading } from '../reader/kept-reading.js';
import type { MatchScore } from '../scoring/match.js';
import { byScore, type RankedCall } from '../scoring/ranked.js';
import type { Steps } from '../scoring/steps.js';
import { signals } from './plugged-in.js';
import { isInside, type Beside } from './signal.js';

/**
 * Adjusts all of a profile's calls by what is known besides the profile, best first; one step per call.
 * `inside`: as the institute's own people see them, with the signals that come from its decisions.
 */
export function* rankedAfterwards<T extends RankedCall & { reading?: KeptReading | undefined }>(
  ranked: readonly T[],
  { inside, ...of }: Pick<Beside, 'pastVerdicts' | 'alike'> & { inside: boolean },
): Steps<T[]> {
  const counted = signals().filter((signal) => inside || !isInside(signal));
  const afterwards = (match: MatchScore, beside: Beside): MatchScore =>
    counted.reduce((sum, signal) => signal.after?.(sum, beside) ?? sum, match);
  const adjusted: T[] = [];
  for (const call of ranked) {
    const match = afterwards(call.match, { callId: call.id, reading: call.reading, ...of });
    adjusted.push({ ...call, match });
    yield;
  }
  return adjusted.sort(byScore);
}
