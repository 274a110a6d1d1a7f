import { changesByDecisions, readDecisions } from '../../explain/domain/suggestions/by-decisions.js';
import { withSuggestion } from '../../explain/domain/suggestions/suggestions.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { toEnd } from '../../kernel/time-slices.js';
import { keeps } from '../../matching/domain/sending-threshold.js';
import { say } from '../../platform/say.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { matchable, type ListedCall } from './benchmark.js';
import type { Case } from './cases.js';
import type { GivenVerdict } from './given-verdicts.js';
import { type Evaluator, thresholdAfter } from './what-is-sent.js';

/** Returns the case with all changes of its profile that its decisions suggest. */
export async function withSuggestedChanges(
  { id, matched }: Case,
  calls: ReadonlyMap<string, ListedCall>,
  given: readonly GivenVerdict[],
  evaluator: Evaluator,
): Promise<Case> {
  const { matcher } = evaluator;
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
  const least = thresholdAfter(
    given.filter(({ institute }) => institute === id),
    new Map([...scores].map(([call, { score }]) => [call, score])),
    evaluator,
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
