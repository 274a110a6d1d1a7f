import { z } from 'zod';
import type { HistoryProject } from '../../funded-projects/domain/history-project.js';
import { fold, stem } from '../../kernel/stem.js';

/** A partner of a member in a funded project about what is missing. */
export const PastPartner = z.object({
  pic: z.string(),
  name: z.string(),
  country: z.string(),
  projects: z.array(z.string()).describe('acronyms'),
});
export type PastPartner = z.infer<typeof PastPartner>;

const WORD = /[\p{L}\p{N}]{4,}/gu;
/** Words found in a larger share of the projects do not distinguish them. */
const MOST_COMMON = 0.1;
/** The fewest distinctive words that a project must share with a statement to be about it. */
const FEWEST_WORDS = 3;
const MOST_PROJECTS = 6;
const MOST_PARTNERS = 5;

/** What is read of a project to see what it is about. */
interface Described {
  id: string;
  title: string | null;
  objective: string | null;
  topics: readonly { title: string | null }[];
}

/** Cache of word stems by project; projects are described in English. */
const read = new WeakMap<Described, Set<string>>();
const stemsOf = (text: string): Set<string> =>
  new Set((text.match(WORD) ?? []).map((word) => stem(fold(word), 'en')));

function stemsIn(project: Described): Set<string> {
  const known = read.get(project);
  if (known) return known;
  const { title, objective, topics } = project;
  const stems = stemsOf([title ?? '', objective ?? '', ...topics.map((t) => t.title ?? '')].join(' '));
  read.set(project, stems);
  return stems;
}

/** The projects that a statement of a call is about, best first: those that share its rare words. */
export function projectsAbout<T extends Described>(statement: string, projects: readonly T[]): T[] {
  const most = Math.max(1, projects.length * MOST_COMMON);
  const telling = [...stemsOf(statement)].flatMap((word) => {
    const n = projects.filter((p) => stemsIn(p).has(word)).length;
    return n > 0 && n <= most ? [{ word, weight: Math.log(1 + projects.length / n) }] : [];
  });
  return projects
    .map((project) => {
      const found = telling.filter(({ word }) => stemsIn(project).has(word));
      return { project, n: found.length, weight: found.reduce((sum, w) => sum + w.weight, 0) };
    })
    .filter(({ n }) => n >= FEWEST_WORDS)
    .sort((a, b) => b.weight - a.weight || (a.project.id < b.project.id ? -1 : 1))
    .slice(0, MOST_PROJECTS)
    .map(({ project }) => project);
}

/**
 * The partners of members in funded projects about a statement; `own` has the PICs of the members themselves.
 */
export function pastPartners(
  statement: string,
  projects: HistoryProject[],
  own: ReadonlySet<string>,
): PastPartner[] {
  const partners = new Map<string, PastPartner>();
  for (const { acronym, participants } of projectsAbout(statement, projects))
    for (const { pic, name, country, ended } of participants) {
      if (own.has(pic) || ended === true) continue;
      const one = partners.get(pic) ?? { pic, name, country, projects: [] };
      partners.set(pic, { ...one, projects: [...new Set([...one.projects, acronym])] });
    }
  return [...partners.values()].sort((a, b) => b.projects.length - a.projects.length).slice(0, MOST_PARTNERS);
}
