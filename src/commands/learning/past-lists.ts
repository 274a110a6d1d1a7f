import { seeded, shuffled } from '../../matching/domain/training/random.js';
import type { RankedList } from '../../matching/domain/training/listwise.js';
import type { PastProject } from '../../matching/domain/semantic/pieces.js';
import type { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import type { Terminology } from '../../matching/domain/analysis/terminology.js';
import { Profile } from '../../profiles/domain/profile.js';
import { matchable, type ListedProject } from './benchmark.js';
import { listUnits } from './list-units.js';

/** Organisations with fewer projects before, or fewer topics after, say little of the weights. */
const [FEWEST_BEFORE, FEWEST_AFTER] = [5, 2];
/** Of organisations of other countries one in so many is looked at. */
const ONE_IN = 4;
const COMPETENCES = 5;

/** The year of a topic, as its code tells it; else the year before the project began. */
export function yearOf(p: ListedProject): number {
  const told = [...(p.topics[0]?.code ?? '').matchAll(/20[12]\d/g)].map(([year]) => Number(year));
  return told.length > 0 ? Math.min(...told) : Number((p.start ?? '2014').slice(0, 4)) - 1;
}

/** By what a project's topic is known: its code; without one, the project stands for itself. */
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
 * What an officer might have written before: five of the projects as competences, pairs of their titles'
 * words as keywords.
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
 * For organisations that went on: what each signal would have said, from their projects before `year`, of the
 * topics of that year and after, and which of these they took part in. Nothing of the later projects is used
 * but who took part. The lists hold all signals; what uses which is for the learning to say.
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
 * The topics that each organisation took part in from that year on, by number, and whether it is of the
 * country that is served.
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
