import type { Evidence, MatchScore } from '../scoring/match.js';

/** A match as it is told outside the institute: what was decided on other calls stays inside, and is one reason without a name. */
export function redactForNetwork(match: MatchScore): MatchScore {
  const verdicts = match.evidence.filter((e) => e.part === 'verdicts');
  if (!verdicts.length) return match;
  const contribution = verdicts.reduce((n, e) => n + e.contribution, 0);
  const one: Evidence = { part: 'verdicts', competence: '', term: '', field: '', spans: [], contribution };
  return { ...match, evidence: [...match.evidence.filter((e) => e.part !== 'verdicts'), one] };
}
