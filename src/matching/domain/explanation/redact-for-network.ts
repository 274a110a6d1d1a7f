import { grouped } from '../../../kernel/grouping.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { kindOf } from './reasons/reason-kinds.js';

/** Of what is no longer plugged in nobody knows whether it may be told. */
const isInside = ({ signal }: Evidence): boolean => {
  const kind = kindOf(signal ?? 'words');
  return kind ? (kind.inside ?? false) : true;
};

/**
 * A match as it is told outside the institute: what was decided on other calls stays inside, and is one
 * reason without a name.
 */
export function redactForNetwork(match: MatchScore): MatchScore {
  const inside = match.evidence.filter(isInside);
  if (!inside.length) return match;
  const nameless = [...grouped(inside, (e) => [e.signal!])].map(([signal, all]): Evidence => ({
    signal,
    competence: '',
    term: '',
    field: '',
    spans: [],
    contribution: all.reduce((n, e) => n + e.contribution, 0),
  }));
  return { ...match, evidence: [...match.evidence.filter((e) => !isInside(e)), ...nameless] };
}
