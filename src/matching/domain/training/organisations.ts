import type { LearnedProject } from './corpus.js';

/** An organisation's projects and the topics they answered, by number. */
export interface LearnedOrganisation {
  projects: number[];
  topics: number[];
}

const FEWEST_TOPICS = 3;
/**
 * How much more often organisations of the served country are drawn; those with many projects are drawn more
 * often than those with few.
 */
const NEAR_TIMES = 4;

/** Draws organisations that took part in three or more topics. */
export class OrganisationDraw {
  private readonly all: LearnedOrganisation[] = [];
  private readonly upTo: number[] = [];

  constructor(projects: readonly LearnedProject[], topicOf: (project: number) => number) {
    const found = new Map<string, { near: boolean; projects: Set<number> }>();
    projects.forEach(({ participants }, i) => {
      for (const { id, near } of participants) {
        const one = found.get(id) ?? { near, projects: new Set<number>() };
        found.set(id, one);
        one.projects.add(i);
      }
    });
    for (const { near, projects: own } of found.values()) {
      const topics = [...new Set([...own].map(topicOf))];
      if (topics.length < FEWEST_TOPICS) continue;
      this.all.push({ projects: [...own], topics });
      this.upTo.push((this.upTo.at(-1) ?? 0) + (near ? NEAR_TIMES : 1) * Math.sqrt(topics.length));
    }
  }

  draw(random: () => number): LearnedOrganisation {
    const at = random() * (this.upTo.at(-1) ?? 0);
    let [low, high] = [0, this.upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return this.all[low]!;
  }
}
