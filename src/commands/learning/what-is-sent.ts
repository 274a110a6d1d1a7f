import { tellingCalls } from '../../decisions/domain/first-decisions.js';
import type { Matcher, MatchingModel } from '../../matching/domain/scoring/matcher.js';
import type { RankedCall } from '../../matching/domain/scoring/match.js';
import { toEnd } from '../../kernel/time-slices.js';
import { keeps, likelihoodOf, sendingThreshold } from '../../matching/domain/sending-threshold.js';
import { rankedAfterwards } from '../../matching/domain/signals/signal-set.js';
import { saysOfSubject } from '../../matching/domain/verdict.js';
import type { Settings } from '../../platform/config/settings.js';
import type { Case } from './cases.js';
import type { GivenVerdict } from './given-verdicts.js';

/** What evaluated profiles are matched with. */
export interface Evaluator {
  matcher: Matcher;
  model: MatchingModel;
  digest: Settings['digest'];
}

/** A profile with the scores of all calls: the built-in ones, and those after a language model's reading. */
export interface RankedCase {
  of: Case;
  builtIn: ReadonlyMap<string, number>;
  scores: ReadonlyMap<string, number>;
  /** The calls that score, with the reasons. */
  ranking: () => readonly RankedCall[];
}

/** A decision of the institute in question. */
type OwnVerdict = Omit<GivenVerdict, 'institute'>;

/** Returns the score from which calls are sent to an institute that has decided so. */
export const thresholdAfter = (
  verdicts: readonly OwnVerdict[],
  builtIn: ReadonlyMap<string, number>,
  { model, digest }: Pick<Evaluator, 'model' | 'digest'>,
): number =>
  sendingThreshold(
    verdicts.flatMap(({ call, verdict, reason }) => {
      const kept = keeps(verdict, reason);
      return kept === null ? [] : [{ score: builtIn.get(call) ?? 0, kept, weight: 1 }];
    }),
    model.weights.kept,
    { usual: digest.minScore, spread: digest.decisionSpread },
  ).score;

/** Returns for each call whether it is sent, and with the institute's decisions the score that it sees. */
export function sentOf(
  { scores, builtIn, ranking }: RankedCase,
  verdicts: readonly OwnVerdict[],
  evaluator: Evaluator,
): { call: string; score: number; sent: boolean }[] {
  const { matcher, digest } = evaluator;
  const decided = new Map(verdicts.map((v) => [v.call, v]));
  const threshold = thresholdAfter(verdicts, builtIn, evaluator);
  const pastVerdicts = verdicts
    .filter(({ verdict, reason }) => saysOfSubject(verdict, reason))
    .map(({ call, verdict }) => ({ callId: call, title: call, verdict }));
  const inside = new Map(
    pastVerdicts.length === 0
      ? []
      : toEnd(
          rankedAfterwards(ranking(), {
            pastVerdicts,
            alike: (a, b) => matcher.likeness(a, b),
            inside: true,
          }),
        ).map((ranked) => [ranked.id, ranked.match.score]),
  );
  return [...scores].map(([call, score]) => {
    // What a language model has read is decided by its reading.
    const read = score !== builtIn.get(call);
    const seen = read ? score : (inside.get(call) ?? score);
    const said = decided.get(call);
    const sent = said?.verdict !== 'not' && seen >= (read ? digest.minScore : threshold);
    return { call, score: seen, sent };
  });
}

/** The calls on which a new institute with this profile is asked to decide, of those that stand there. */
export function askedOf(
  { ranking }: RankedCase,
  { model }: Evaluator,
  titleOf: (call: string) => string,
  standing: ReadonlyMap<string, unknown>,
): string[] {
  const scored = ranking()
    .filter(({ id }) => standing.has(id))
    .map(({ id, match }) => ({
      callId: id,
      kind: 'grant' as const,
      title: titleOf(id),
      score: match.score,
      evidence: match.evidence,
    }));
  return tellingCalls(scored, (score) => likelihoodOf(score, model.weights.kept)).map((call) => call.callId);
}
