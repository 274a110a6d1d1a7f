import type { Evidence, MatchScore } from '../../matching/domain/scoring/match.js';
import { preferenceTerms } from '../../matching/domain/explanation/reason-sentence.js';

/** A researcher and their competences. */
export interface Behind {
  name: string;
  competences: string[];
}

/**
 * A competence that makes a call fit, the points it contributed, and the terms of the profile that were
 * found.
 */
export interface Why {
  competence: string;
  points: number;
  terms: string[];
}

/** A researcher matching a call, with the reasons, strongest first. */
export interface Candidate<R extends Behind> {
  researcher: R;
  points: number;
  why: Why[];
}

type Matched = Pick<MatchScore, 'competences'> & { evidence: Evidence[] };

/** The competences that contributed points to a match, best first. */
export const reasonsOfCompetences = (match: Matched): Why[] =>
  match.competences
    .filter((c) => c.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ competence, score }) => ({
      competence,
      points: score,
      terms: preferenceTerms(match.evidence, competence),
    }));

/**
 * The researchers matching a call: those with a competence that contributed points, by the sum of these
 * points, then by name.
 */
export function candidatesFor<R extends Behind>(match: Matched, researchers: R[]): Candidate<R>[] {
  const reasons = reasonsOfCompetences(match);
  return researchers
    .map((researcher) => {
      const competences = new Set(researcher.competences);
      const why = reasons.filter((w) => competences.has(w.competence));
      return { researcher, points: why.reduce((sum, w) => sum + w.points, 0), why };
    })
    .filter((candidate) => candidate.why.length > 0)
    .sort((a, b) => b.points - a.points || a.researcher.name.localeCompare(b.researcher.name, 'fr'));
}

/** The competences of a match that no researcher has. */
export const withNobody = (match: Matched, researchers: Behind[]): Why[] =>
  reasonsOfCompetences(match).filter((w) => !researchers.some((r) => r.competences.includes(w.competence)));

/**
 * A person's competences that the profile no longer has under that name; nothing is proposed to them because
 * of these.
 */
export const goneOf = ({ competences }: Behind, labels: string[]): string[] =>
  competences.filter((c) => !labels.includes(c));
