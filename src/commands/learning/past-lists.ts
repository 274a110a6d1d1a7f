import { CallIndex } from '../../matching/domain/index/call-index.js';
import type { MatchableCall } from '../../matching/domain/index/fields.js';
import { tokeniseCall } from '../../matching/domain/index/indexed-call.js';
import type { Matched } from '../../matching/domain/scoring/match.js';
import { MatchingSettings } from '../../matching/domain/scoring/settings.js';
import { toEnd } from '../../kernel/time-slices.js';
import { bagOf, callPieces, type PastProject, readFields } from '../../matching/domain/semantic/pieces.js';
import { embeddingsOf } from '../../matching/domain/semantic/profile-embeddings.js';
import type { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import type { ScoredCall } from '../../matching/domain/signals/signal.js';
import { SignalSet } from '../../matching/domain/signals/signal-set.js';
import type { Terminology } from '../../matching/domain/analysis/terminology.js';
import { type RankedList, seeded, shuffled } from '../../matching/domain/training/encoder.js';
import { Profile } from '../../profiles/domain/profile.js';
import { type ListedProject, matchable } from './benchmark.js';

/**
 * Returns the value of each signal, in units, for some calls and all given profiles: the input for learning
 * weights.
 */
export function listUnits(
  calls: readonly MatchableCall[],
  vectors: WordVectors,
  terminology: Terminology,
): (matched: Matched) => number[][] {
  const index = new CallIndex(terminology);
  const signals = new SignalSet();
  const numbers = calls.map((c, i) => index.put(String(i), c));
  calls.forEach((c, i) => signals.put(numbers[i]!, c));
  const seen = calls.map((c): Omit<ScoredCall, 'words' | 'embeddings'> => {
    const fields = readFields(tokeniseCall(c), (...text) => terminology.english(...text));
    return {
      identifier: c.identifier ?? null,
      external: null,
      unit: vectors.encode(bagOf(callPieces(c, fields), vectors)),
    };
  });
  const settings = MatchingSettings.parse({});
  return ({ profile, projects = [] }) => {
    const embeddings = embeddingsOf(profile, projects, vectors, terminology);
    const { raw, shared } = toEnd(index.rawScores(profile, settings));
    return seen.map((call, i) => {
      const number = numbers[i]!;
      const words = { raw: raw[number]!, shared: shared[number]! };
      return [...signals.unitsOf(number, { ...call, embeddings, words })];
    });
  };
}

/** Organisations with fewer projects before, or fewer topics after, say little about the weights. */
const [FEWEST_BEFORE, FEWEST_AFTER] = [5, 2];
/** Of organisations of other countries, only one in this many is used. */
const ONE_IN = 4;
const COMPETENCES = 5;

/** Returns the year of a topic from its code, or else the year before the project began. */
export function yearOf(p: ListedProject): number {
  const told = [...(p.topics[0]?.code ?? '').matchAll(/20[12]\d/g)].map(([year]) => Number(year));
  return told.length > 0 ? Math.min(...told) : Number((p.start ?? '2014').slice(0, 4)) - 1;
}

/** Identifies a project's topic by its code, or else by the project itself. */
const topicOf = (p: ListedProject): string => p.topics[0]?.code ?? p.id;

export const pastProject = (p: ListedProject): PastProject => ({
  id: p.id,
  acronym: p.acronym ?? '',
  title: p.title,
  objective: p.objective,
  topics: p.topics,
  division: p.division,
});

/**
 * Returns what an officer might have written at the time: five projects as competences, and word pairs of
 * their titles as keywords.
 */
function writtenBefore(projects: ListedProject[], random: () => number): Profile {
  const pairs = (title: string): string[] => {
    const words = title.split(/[^\p{L}\p{N}-]+/u).filter((w) => w.length > 3);
    return words
      .slice(1)
      .map((w, i) => `${words[i]!} ${w}`.slice(0, 100))
      .slice(0, 6);
  };
  const competences = shuffled(projects, random)
    .slice(0, COMPETENCES)
    .map((p) => ({
      label: p.title.slice(0, 200).padEnd(2, '.'),
      description: p.topics[0]?.title ?? '',
      keywords: pairs(p.title),
    }));
  return Profile.parse({ id: 'past', name: 'Past', language: 'en', competences });
}

/**
 * Returns, for organisations that continued, the value of each signal, computed from projects before `year`,
 * for the topics of that year and later, and which of these they took part in. Later projects are used only
 * for who took part. The lists hold all signals; the learning decides which to use.
 */
export function pastLists(
  projects: ListedProject[],
  year: number,
  vectors: WordVectors,
  terminology: Terminology,
): RankedList[] {
  const random = seeded(year);
  const before = projects.filter((p) => yearOf(p) < year);
  const topics = [...new Map(projects.filter((p) => yearOf(p) >= year).map((p) => [topicOf(p), p])).values()];
  const calls = topics.map((p) =>
    matchable({
      id: topicOf(p),
      identifier: null,
      title: p.topics[0]?.title ?? '',
      division: p.division,
      text: null,
      type: null,
    }),
  );
  const unitsFor = listUnits(calls, vectors, terminology);
  const own = byOrganisation(before);
  return [...answered(projects, year, topics)].flatMap(([id, { right, near }]) => {
    const had = own.get(id) ?? [];
    if (had.length < FEWEST_BEFORE || right.size < FEWEST_AFTER || (!near && random() > 1 / ONE_IN))
      return [];
    const profile = writtenBefore(had, random);
    return [{ right, units: unitsFor({ profile, projects: had.map(pastProject) }) }];
  });
}

function byOrganisation(projects: ListedProject[]): Map<string, ListedProject[]> {
  const own = new Map<string, ListedProject[]>();
  for (const p of projects)
    for (const id of new Set(p.organisations.map((o) => o.id))) own.set(id, [...(own.get(id) ?? []), p]);
  return own;
}

/**
 * Returns, by number, the topics that each organisation took part in from that year on, and whether it is
 * from the country that is served.
 */
function answered(
  projects: ListedProject[],
  year: number,
  topics: ListedProject[],
): Map<string, { right: Set<number>; near: boolean }> {
  const numbers = new Map(topics.map((p, i) => [topicOf(p), i]));
  const found = new Map<string, { right: Set<number>; near: boolean }>();
  for (const p of projects.filter((q) => yearOf(q) >= year)) {
    for (const { id, country } of p.organisations) {
      const one = found.get(id) ?? { right: new Set<number>(), near: country === 'FR' };
      found.set(id, one);
      one.right.add(numbers.get(topicOf(p))!);
    }
  }
  return found;
}
