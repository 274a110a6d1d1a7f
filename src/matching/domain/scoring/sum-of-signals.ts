import { pointsOf, rawOf } from '../explanation/evidence.js';
import type { SignalWeights } from '../signals/weights.js';
import { fitOf } from './addressed.js';
import type { CompetenceScore, Evidence, MatchScore } from './match.js';
import type { Exclusion } from './ranked.js';
import type { MatchingSettings } from './settings.js';

/** A call in which no word of the profile stands is kept from so many points on. */
export const LEAST_POINTS = 15;

/** The rest of a profile, where a competence is excluded, is held to the same as a whole one. */
export const isKept = (match: MatchScore): boolean =>
  fitOf(match) >= LEAST_POINTS || match.evidence.some((e) => (e.signal ?? 'words') === 'words');

/** By what points are made of a sum. */
export interface Scale {
  settings: MatchingSettings;
  weights: SignalWeights;
}

/** The points of summands. */
export function scored(summands: Float64Array | readonly number[], { settings, weights }: Scale): number {
  let raw = 0;
  for (let k = 0; k < summands.length; k += 1) raw += summands[k]!;
  return raw === 0 ? 0 : pointsOf(raw, { saturation: settings.saturation, steepness: weights.steepness });
}

/** What summands come to that have so many points, or a trifle less: not more for any rounding. */
export const leastSum = (points: number, { settings, weights }: Scale): number =>
  rawOf(points, { saturation: settings.saturation, steepness: weights.steepness }) * (1 - 1e-9);

/** What each competence brings, with those that an exclusion keeps out. */
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
