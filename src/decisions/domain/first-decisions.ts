import type { MatchScore } from '../../matching/domain/scoring/match.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import { groupEditions } from '../../calls/domain/related-calls.js';
import { grouped } from '../../kernel/collections.js';

/** So many decisions are asked of a new institute. */
export const FIRST_DECISIONS = 15;
/** Calls with fewer points are kept by nobody, and decisions move the threshold no further down. */
export const ASKED_FROM = 25;

/** A call that a new institute may be asked about, with its score and evidence by the profile alone. */
export interface AskedCall extends Pick<CallContent, 'kind' | 'title'> {
  callId: string;
  score: number;
  evidence: MatchScore['evidence'];
}

/** The competence that brings a call most of its points; empty if none brings any. */
function mainCompetence({ evidence }: AskedCall): string {
  const points = new Map<string, number>();
  for (const { competence, contribution } of evidence)
    if (competence) points.set(competence, (points.get(competence) ?? 0) + contribution);
  return [...points].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/**
 * Chooses the calls on which a new institute's decisions tell most: the best, which it surely wants, so that
 * a profile which says something else is noticed; then those nearest to a score where a call is as likely
 * kept as not, in turn for each competence. `likelihood`: how likely a call of a score is to be kept.
 */
export function tellingCalls<T extends AskedCall>(
  calls: readonly T[],
  likelihood: (score: number) => number,
): T[] {
  const best = [...calls]
    .filter(({ score }) => score >= ASKED_FROM)
    .sort((a, b) => b.score - a.score || (a.callId < b.callId ? -1 : 1));
  // The same subject under two identifiers, or in two editions, is asked once.
  const [first, ...others] = groupEditions(best).map(([one]) => one!);
  if (!first) return [];
  const doubt = ({ score }: T): number => Math.abs(likelihood(score) - 0.5);
  const doubtful = others.sort((a, b) => doubt(a) - doubt(b));
  const turns = [...grouped(doubtful, (call) => [mainCompetence(call)]).values()].flatMap((own) =>
    own.map((call, turn) => ({ call, turn })),
  );
  turns.sort((a, b) => a.turn - b.turn || doubt(a.call) - doubt(b.call));
  return [first, ...turns.map(({ call }) => call)].slice(0, FIRST_DECISIONS);
}
