import type { HistoryProject } from '../../funded-projects/domain/index.js';
import { fold, stem } from '../../kernel/stem.js';

/** An organisation that was in a funded project of a member about what is missing. */
export interface PastPartner {
  pic: string;
  name: string;
  country: string;
  /** The projects, by their acronyms. */
  projects: string[];
}

const WORD = /[\p{L}\p{N}]{4,}/gu;
/** A word that stands in more of the projects than this tells none from another. */
const MOST_COMMON = 0.1;
/** So many telling words of a statement must stand in a project for it to be about the same. */
const FEWEST_WORDS = 3;
const MOST_PROJECTS = 6;
const MOST_PARTNERS = 5;

/** Projects are described in English; each is read once. */
const read = new WeakMap<HistoryProject, Set<string>>();
const stemsOf = (text: string): Set<string> =>
  new Set((text.match(WORD) ?? []).map((word) => stem(fold(word), 'en')));

function stemsIn(project: HistoryProject): Set<string> {
  const known = read.get(project);
  if (known) return known;
  const { title, objective, topics } = project;
  const stems = stemsOf([title, objective ?? '', ...topics.map((t) => t.title ?? '')].join(' '));
  read.set(project, stems);
  return stems;
}

/**
 * The projects that a statement of a call is about, the nearest first: by its words that few projects share.
 */
export function projectsAbout(statement: string, projects: HistoryProject[]): HistoryProject[] {
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
 * Who was with the members in funded projects about a statement; `own` are the numbers under which the
 * members themselves take part.
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
