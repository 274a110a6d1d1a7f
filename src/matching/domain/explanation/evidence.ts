import type { Hit } from '../index/phrase-matcher.js';
import { type CallReader, fieldName } from '../index/indexed-call.js';
import type { CompetenceScore, Evidence, MatchScore } from '../scoring/match.js';
import type { CompetenceExplanation, TermContribution } from './competence-explanation.js';
import type { MatchingSettings } from '../scoring/settings.js';

/** Maximum number of places reported per term and field; further ones count but are not shown. */
export const mostSpans = 20;

export interface CompetenceContribution extends CompetenceExplanation {
  competence: string;
}

export const placeOf = (call: CallReader, hit: Hit) => ({
  field: call.nameAt(hit.first),
  start: call.starts[hit.first] ?? 0,
  end: call.ends[hit.last] ?? 0,
});

/** Returns a term's evidence, one piece per field; its value is split by weighted frequency. */
function pieces(
  call: CallReader,
  competence: string,
  { term, hits, value, byField }: TermContribution,
  scale: number,
): Evidence[] {
  const all = [...byField.values()].reduce((a, b) => a + b, 0);
  return [...byField].map(([field, frequency]) => ({
    competence,
    term: term.text,
    field: fieldName(call.call, field),
    spans: hits
      .filter((hit) => call.fieldOf[hit.first] === field)
      .slice(0, mostSpans)
      .map((hit) => placeOf(call, hit))
      .map(({ start, end }) => ({ start, end })),
    contribution: value * scale * (frequency / all),
  }));
}

/**
 * Returns the share of each competence: a call's raw score is the length of the vector of its competences'
 * scores, so that another competence adds to it but many weak ones do not pile up.
 */
function shares(raws: number[]): number[] {
  const length = Math.hypot(...raws);
  return raws.map((raw) => (length === 0 ? 0 : raw / length));
}

/**
 * Returns the points, 0 to 100, of a raw score: raw^p / (raw^p + saturation^p) × 100, where p is the
 * steepness. A greater raw score gives more points.
 */
export const pointsOf = (
  raw: number,
  { saturation, steepness }: Pick<MatchingSettings, 'saturation' | 'steepness'>,
): number => 100 / (1 + (saturation / raw) ** steepness);

/** Returns the raw score that gives this many points. */
export const rawOf = (
  points: number,
  { saturation, steepness }: Pick<MatchingSettings, 'saturation' | 'steepness'>,
): number => (points <= 0 ? 0 : saturation / Math.max(0, 100 / points - 1) ** (1 / steepness));

/**
 * Returns a profile's match with one call: its competences' contributions, combined and scaled to 0..100; all
 * are scaled alike, so that they sum to the score.
 */
export function matchOf(
  call: CallReader,
  contributions: (CompetenceContribution & { weight: number })[],
  settings: MatchingSettings,
): MatchScore {
  const counts = shares(contributions.map((b) => b.raw));
  const raw = contributions.reduce((sum, b, i) => sum + b.raw * (counts[i] ?? 0), 0);
  const points = raw === 0 ? 0 : pointsOf(raw, settings) / raw;
  const competences = contributions.map(({ competence, raw: own, excludedBy }, i): CompetenceScore => ({
    competence,
    score: own * (counts[i] ?? 0) * points,
    excludedBy: excludedBy && { term: excludedBy.term.text, ...placeOf(call, excludedBy.hit) },
  }));
  const evidence = contributions.flatMap((b, i) =>
    b.terms.flatMap((term) => pieces(call, b.competence, term, b.weight * (counts[i] ?? 0) * points)),
  );
  return {
    score: raw * points,
    competences: competences.sort((a, b) => b.score - a.score),
    evidence: evidence.filter((e) => e.contribution > 0).sort((a, b) => b.contribution - a.contribution),
  };
}
