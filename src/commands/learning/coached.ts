import { changesByDecisions, readDecisions } from '../../explain/domain/suggestions/by-decisions.js';
import { withSuggestion } from '../../explain/domain/suggestions/suggestions.js';
import type { Matcher } from '../../matching/domain/scoring/matcher.js';
import type { MatchingModel } from '../../matching/domain/scoring/matching-model.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { toEnd } from '../../matching/domain/scoring/steps.js';
import { keeps, sendingThreshold } from '../../matching/domain/sending-threshold.js';
import type { Settings } from '../../platform/config/settings.js';
import { say } from '../../platform/say.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { matchable, type ListedCall } from './benchmark.js';
import type { Case } from './cases.js';
import type { GivenVerdict } from './given-verdicts.js';

/** Returns the case with all changes of its profile that its decisions suggest. */
export async function coached(
  { id, matched }: Case,
  calls: ReadonlyMap<string, ListedCall>,
  given: readonly GivenVerdict[],
  { matcher, model, digest }: { matcher: Matcher; model: MatchingModel; digest: Settings['digest'] },
): Promise<Case> {
  const { index } = matcher;
  const counted = given.flatMap(({ institute, call, verdict, reason }) => {
    const kept = institute === id ? keeps(verdict, reason) : null;
    return kept === null ? [] : [{ id: call, kept, reason }];
  });
  const decided = counted
    .filter(({ reason }) => reason !== 'role')
    .map((one) => ({ ...one, sampled: false, content: matchable(calls.get(one.id)!) }));
  const only = new Set(counted.map((call) => call.id));
  const scoresOf = (profile: Profile) =>
    new Map(
      matcher
        .score({ ...matched, profile }, MatchingSettings.parse({}), { only })
        .map((ranked) => [ranked.id, ranked.match]),
    );
  const scores = scoresOf(matched.profile);
  const decisions = toEnd(
    readDecisions(matched.profile, decided, scores, {
      calls: (language) => index.sizeIn(language),
      holding: (texts, language) => index.holding(texts, language),
    }),
  );
  const { score: least } = sendingThreshold(
    counted.map((d) => ({ score: scores.get(d.id)?.score ?? 0, kept: d.kept, weight: 1 })),
    model.weights.kept,
    { usual: digest.minScore, spread: digest.decisionSpread },
  );
  const changes = await changesByDecisions({ profile: matched.profile, scores }, decisions, {
    least,
    isDeclined: () => false,
    scoresOf: (profile) => Promise.resolve(scoresOf(profile)),
  });
  for (const change of changes) say(`${id}\t${JSON.stringify(change)}`);
  const profile = changes.reduce(
    (of, { suggestion }) => withSuggestion(of, suggestion) ?? of,
    matched.profile,
  );
  return { id, matched: { ...matched, profile } };
}
