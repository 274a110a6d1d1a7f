import { pointsOf, rawOf } from '../explanation/evidence.js';
import type { SignalWeights } from '../signals/signal-set.js';
import { fitOf } from './addressed.js';
import type { CompetenceScore, Evidence, MatchScore } from './match.js';
import type { Exclusion } from './ranked.js';
import type { MatchingSettings } from './settings.js';

/** A call that contains no word of the profile needs at least this many points. */
export const LEAST_POINTS = 15;

/** Whether a match is kept; the same limit applies if some competences are excluded. */
export const isKept = (match: MatchScore): boolean =>
  fitOf(match) >= LEAST_POINTS || match.evidence.some((e) => (e.signal ?? 'words') === 'words');

/** Converts sums into points. */
export interface Scale {
  settings: MatchingSettings;
  weights: SignalWeights;
}

export function scored(summands: Float64Array | readonly number[], { settings, weights }: Scale): number {
  let raw = 0;
  for (let k = 0; k < summands.length; k += 1) raw += summands[k]!;
  return raw === 0 ? 0 : pointsOf(raw, { saturation: settings.saturation, steepness: weights.steepness });
}

/** Returns the sum that gives this many points, rounded down slightly so that it is never too high. */
export const leastSum = (points: number, { settings, weights }: Scale): number =>
  rawOf(points, { saturation: settings.saturation, steepness: weights.steepness }) * (1 - 1e-9);

/** Returns the score of each competence, including the excluded ones. */
export function competencesOf(
  evidence: Evidence[],
  lexical: MatchScore | null,
  exclusions: Exclusion[],
): CompetenceScore[] {
  const sums = new Map<string, number>();
  for (const { competence, contribution } of evidence)
    if (competence) sums.set(competence, (sums.get(competence) ?? 0) + contribution);
  const out = new Map(exclusions.map(({ competence, ...excludedBy }) => [competence, excludedBy]));
  const labels = new Set([
    ...sums.keys(),
    ...(lexical?.competences ?? []).map((c) => c.competence),
    ...out.keys(),
  ]);
  return [...labels]
    .map((competence) => ({
      competence,
      score: sums.get(competence) ?? 0,
      excludedBy: out.get(competence) ?? null,
    }))
    .sort((a, b) => b.score - a.score);
}
