import { grouped } from '../../../kernel/grouping.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { kindOf } from './reasons/reason-kinds.js';

/** Evidence of signals no longer plugged in is treated as confidential. */
const isInside = ({ signal }: Evidence): boolean => {
  const kind = kindOf(signal ?? 'words');
  return kind ? (kind.inside ?? false) : true;
};

/** Returns a match as shown outside the institute: decisions on other calls become one unnamed reason. */
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
