import type { LabelsIn } from '../../../profiles/domain/label-in.js';
import type { MatchScore } from '../scoring/match.js';

/**
 * Returns a match with its competences named as the reader names them, for display only. Look-ups use the
 * competences' own labels.
 */
export const matchIn = (match: MatchScore, called: LabelsIn): MatchScore => ({
  ...match,
  competences: match.competences.map((c) => ({ ...c, competence: called(c.competence) })),
  evidence: match.evidence.map((e) => ({ ...e, competence: called(e.competence) })),
});
