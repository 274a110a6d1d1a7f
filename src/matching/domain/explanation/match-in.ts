import type { LabelsIn } from '../../../profiles/domain/index.js';
import type { MatchScore } from '../scoring/match.js';

/**
 * A match whose competences are called as its reader calls them: for what is said of it. What is looked up by
 * it is known by their own labels.
 */
export const matchIn = (match: MatchScore, called: LabelsIn): MatchScore => ({
  ...match,
  competences: match.competences.map((c) => ({ ...c, competence: called(c.competence) })),
  evidence: match.evidence.map((e) => ({ ...e, competence: called(e.competence) })),
});
