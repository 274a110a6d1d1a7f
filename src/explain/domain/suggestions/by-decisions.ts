import { z } from 'zod';
import { sha256 } from '../../../kernel/hash.js';
import type { TermStatistics } from '../../../matching/domain/drafting/draft-keywords.js';
import type { MatchableCall } from '../../../matching/domain/index/fields.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { Competence, Profile } from '../../../profiles/domain/profile.js';
import {
  competenceFinder,
  Effect,
  keyOfWords,
  keywordsFor,
  Suggestion,
  withSuggestion,
} from './suggestions.js';

/** A call that an institute has decided on. */
export interface Decision {
  id: string;
  /** Whether it is relevant or to be studied; false: not for the institute by topic. */
  kept: boolean;
  /** Whether it was not sent, and the institute was asked about it. */
  sampled: boolean;
}

/** The same, with what could become a keyword or an exclusion, and of which competence. */
export interface ReadDecision extends Decision {
  competence: string | null;
  phrases: readonly string[];
}

export type Scores = ReadonlyMap<string, MatchScore>;

/** A change of a profile that its institute's decisions speak for, and what it does among them. */
export const SuggestedChange = z.object({ suggestion: Suggestion, effect: Effect });
export type SuggestedChange = z.infer<typeof SuggestedChange>;

/** Fewer decisions suggest nothing, except for what brings a sampled call that is wanted. */
export const ENOUGH_DECISIONS = 30;
/** More changes are not weighed against one another by anybody. */
const MOST_CHANGES = 3;
/** A change puts so many more calls right than wrong, and so many times as many. */
const LEAST_BETTER = 3;
const RIGHT_FOR_WRONG = 4;
/** Words speak for a change if so many calls share them, and so many times as many as of the other kind. */
const LEAST_SHARING = 2;
const TIMES_THE_OTHERS = 3;
/** So many changes of a kind are tried. */
const MOST_OF_A_KIND = 16;
/** So many of the changes that are worth it are tried on top of the best one. */
const MOST_ON_TOP = 6;
const HEAVIEST = 5;

/** Returns the decisions with what could be learned from each call's text. */
export function* readDecisions(
  profile: Profile,
  decisions: readonly (Decision & { content: MatchableCall })[],
  scores: Scores,
  statistics: Pick<TermStatistics, 'calls' | 'holding'>,
): Steps<ReadDecision[]> {
  const read: ReadDecision[] = [];
  const competenceIn = competenceFinder(profile);
  for (const { content, ...decision } of decisions) {
    const competence = competenceIn(content, scores.get(decision.id) ?? null)?.label ?? null;
    yield;
    read.push({ ...decision, competence, phrases: yield* keywordsFor(content, statistics) });
  }
  return read;
}

const isSent = (scores: Scores, id: string, least: number): boolean => (scores.get(id)?.score ?? 0) >= least;

function effectOf(decisions: readonly Decision[], before: Scores, after: Scores, least: number): Effect {
  const effect: Effect = { gained: 0, lost: 0, spared: 0, added: 0 };
  for (const { id, kept } of decisions) {
    const [was, is] = [isSent(before, id, least), isSent(after, id, least)];
    if (is && !was) effect[kept ? 'gained' : 'added'] += 1;
    if (was && !is) effect[kept ? 'lost' : 'spared'] += 1;
  }
  return effect;
}

const right = ({ gained, spared }: Effect): number => gained + spared;
const wrong = ({ lost, added }: Effect): number => lost + added;
const better = (effect: Effect): number => right(effect) - wrong(effect);

/** The decisions in two halves by chance, always the same: their calls may be listed by subject. */
function halved<T extends Decision>(decisions: readonly T[]): [T[], T[]] {
  const shuffled = decisions
    .map((decision) => ({ decision, turn: sha256(decision.id) }))
    .sort((a, b) => (a.turn < b.turn ? -1 : 1));
  const half = (k: number) => shuffled.filter((_, i) => i % 2 === k).map(({ decision }) => decision);
  return [half(0), half(1)];
}

interface Sharing {
  name: string;
  calls: ReadDecision[];
  kept: number;
  refused: number;
}

/** Returns which decided calls share each name, such as a phrase. */
function sharedBy(
  decisions: readonly ReadDecision[],
  namesOf: (d: ReadDecision) => Iterable<string>,
): Sharing[] {
  const sharing = new Map<string, Sharing>();
  for (const decision of decisions)
    for (const name of new Set(namesOf(decision))) {
      const one = sharing.get(name) ?? { name, calls: [], kept: 0, refused: 0 };
      one.calls.push(decision);
      one[decision.kept ? 'kept' : 'refused'] += 1;
      sharing.set(name, one);
    }
  return [...sharing.values()];
}

/** Keywords of a competence that bring calls that are refused, and hardly any that is kept. */
const keywordsToRemove = (
  { label, keywords }: Competence,
  sent: readonly ReadDecision[],
  scores: Scores,
): Sharing[] =>
  sharedBy(sent, ({ id }) =>
    (scores.get(id)?.evidence ?? [])
      .filter((e) => e.signal === undefined && e.competence === label && keywords.includes(e.term))
      .map((e) => e.term),
  ).filter(({ kept, refused }) => refused >= LEAST_SHARING && refused >= TIMES_THE_OTHERS * kept);

const most = (all: Sharing[], by: (one: Sharing) => number): Sharing[] =>
  all.sort((a, b) => by(b) - by(a)).slice(0, MOST_OF_A_KIND);

/** The changes worth a try, by what the decided calls have in common. */
function candidates(
  { competences }: Profile,
  decisions: readonly ReadDecision[],
  scores: Scores,
  least: number,
): Suggestion[] {
  const sent = decisions.filter(({ id }) => isSent(scores, id, least));
  const unsent = new Set(decisions.filter(({ id }) => !isSent(scores, id, least)).map(({ id }) => id));
  const known = new Set(competences.flatMap((c) => [...c.keywords, ...c.exclusions].map(keyOfWords)));
  const phrases = sharedBy(decisions, (d) => d.phrases);
  const isNew = ({ name }: Sharing): boolean => !known.has(keyOfWords(name));
  const missed = ({ calls }: Sharing): number => calls.filter((d) => d.kept && unsent.has(d.id)).length;
  const unwanted = ({ calls }: Sharing): number => calls.filter((d) => !d.kept && !unsent.has(d.id)).length;
  const isWantedPhrase = (one: Sharing): boolean =>
    missed(one) >= LEAST_SHARING && one.kept >= TIMES_THE_OTHERS * one.refused;
  const isUnwantedPhrase = (one: Sharing): boolean => unwanted(one) >= LEAST_SHARING && one.kept === 0;
  const competenceOf = ({ calls }: Sharing): string[] =>
    most(
      sharedBy(calls, ({ competence }) => (competence === null ? [] : [competence])),
      (one) => one.calls.length,
    )
      .slice(0, 1)
      .map(({ name }) => name);
  return [
    ...competences.flatMap((c) =>
      most(keywordsToRemove(c, sent, scores), (one) => one.refused - one.kept).map(
        ({ name }): Suggestion => ({
          kind: 'remove-keyword',
          competence: c.label,
          keywords: [name],
        }),
      ),
    ),
    ...most(phrases.filter(isWantedPhrase).filter(isNew), missed).flatMap((one) =>
      competenceOf(one).map((competence): Suggestion => ({
        kind: 'add-keyword',
        competence,
        keywords: [one.name],
      })),
    ),
    ...most(phrases.filter(isUnwantedPhrase).filter(isNew), unwanted).flatMap((one) =>
      competenceOf(one).map((competence): Suggestion => ({
        kind: 'add-exclusion',
        competence,
        exclusions: [one.name],
      })),
    ),
    ...competences.filter(({ weight }) => weight > 0).flatMap(weights),
  ];
}

const weights = ({ label: competence, weight }: Competence): Suggestion[] => [
  { kind: 'lower-weight', competence, weight: Math.round(weight * 5) / 10 },
  ...(weight < HEAVIEST
    ? [{ kind: 'raise-weight' as const, competence, weight: Math.min(HEAVIEST, weight * 2) }]
    : []),
];

/** A profile, and how the decided calls score for it. */
interface Standing {
  profile: Profile;
  scores: Scores;
}

/**
 * Returns the changes of a profile, at most three, with which calls would have been sent as its institute
 * decided: each puts more decided calls right than wrong in either half of them, so that what is found in one
 * holds in the other, alone and on top of those before it. `least`: the score from which calls are sent to
 * the institute. `isDeclined`: what its people do not want.
 */
export async function changesByDecisions(
  standing: Standing,
  decisions: readonly ReadDecision[],
  {
    least,
    isDeclined,
    scoresOf,
  }: {
    least: number;
    isDeclined: (suggestion: Suggestion) => boolean;
    scoresOf: (profile: Profile) => Promise<Scores>;
  },
): Promise<SuggestedChange[]> {
  const halves = halved(decisions);
  const tried = async (from: Standing, suggestion: Suggestion) => {
    const profile = withSuggestion(from.profile, suggestion);
    if (!profile) return null;
    const to = { profile, scores: await scoresOf(profile) };
    const effectAmong = (some: readonly Decision[]) => effectOf(some, from.scores, to.scores, least);
    const effect = effectAmong(decisions);
    const isEnough =
      decisions.length >= ENOUGH_DECISIONS ||
      decisions.some(
        ({ id, kept, sampled }) =>
          sampled && kept && !isSent(from.scores, id, least) && isSent(to.scores, id, least),
      );
    const isWorth =
      isEnough &&
      better(effect) >= LEAST_BETTER &&
      right(effect) >= RIGHT_FOR_WRONG * wrong(effect) &&
      halves.every((half) => better(effectAmong(half)) > 0);
    return isWorth ? { suggestion, effect, to } : null;
  };
  const alone = [];
  for (const suggestion of candidates(standing.profile, decisions, standing.scores, least))
    if (!isDeclined(suggestion)) alone.push(await tried(standing, suggestion));
  const [best, ...others] = alone
    .filter((one) => one !== null)
    .sort((a, b) => better(b.effect) - better(a.effect));
  if (!best) return [];
  const chosen = [best];
  let last = best.to;
  for (const other of others.slice(0, MOST_ON_TOP)) {
    if (chosen.length === MOST_CHANGES) break;
    const onTop = await tried(last, other.suggestion);
    if (!onTop) continue;
    chosen.push(other);
    last = onTop.to;
  }
  return chosen.map(({ suggestion, effect }) => ({ suggestion, effect }));
}
