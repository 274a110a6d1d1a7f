import { type Evidence, type MatchScore, preferenceTerms } from '../../matching/domain/index.js';

/** What a person is known by for this: the competences that they stand behind. */
export interface Behind {
  name: string;
  competences: string[];
}

/**
 * A competence through which a call fits, the points that it brought, and the profile's words that were
 * found.
 */
export interface Why {
  competence: string;
  points: number;
  terms: string[];
}

/** Somebody whom a call suits, with why, strongest first. */
export interface Candidate<R extends Behind> {
  researcher: R;
  points: number;
  why: Why[];
}

type Matched = Pick<MatchScore, 'competences'> & { evidence: Evidence[] };

/** The competences that brought points in a match, best first. */
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
 * Whom a call suits: those behind a competence that brought points, by the points of all of theirs. Equal
 * ones go by name.
 */
export function candidatesFor<R extends Behind>(match: Matched, researchers: R[]): Candidate<R>[] {
  const reasons = reasonsOfCompetences(match);
  return researchers
    .map((researcher) => {
      const why = reasons.filter((w) => researcher.competences.includes(w.competence));
      return { researcher, points: why.reduce((sum, w) => sum + w.points, 0), why };
    })
    .filter((candidate) => candidate.why.length > 0)
    .sort((a, b) => b.points - a.points || a.researcher.name.localeCompare(b.researcher.name, 'fr'));
}

/** The competences of a match behind which nobody stands. */
export const withNobody = (match: Matched, researchers: Behind[]): Why[] =>
  reasonsOfCompetences(match).filter((w) => !researchers.some((r) => r.competences.includes(w.competence)));

/**
 * Of somebody's competences those that the profile does not have any more, under that name: nothing is
 * proposed to them by these.
 */
export const goneOf = ({ competences }: Behind, labels: string[]): string[] =>
  competences.filter((c) => !labels.includes(c));
