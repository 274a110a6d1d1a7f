import { ACTION_FORMS, actionShort, type ActionShort } from '../../../calls/domain/index.js';
import type { SchemeCount } from '../../../funded-projects/domain/index.js';

/** Fewer projects of a known type, of the institute or of a type in all, say nothing. */
const FEWEST = 10;
/**
 * So many projects are added to those that it has of a type and to those that were to be expected: of what is
 * rare anyhow one more or less does not turn the scale.
 */
const ADDED = 3;

/** How often an institute takes part in a type of action, beside how often is usual. */
export interface Habit {
  /**
   * From -1, half as often as is usual or less, to 1, twice as often or more; nearer to 0 where that is a
   * matter of a few projects.
   */
  lift: number;
  /** Its projects of the type, and all of its projects whose type is known. */
  own: number;
  of: number;
  /** The share of the type in all imported projects of a known type, 0 to 1. */
  usual: number;
}

/** By type of action; one of which nothing can be said is left out. */
export type Affinity = ReadonlyMap<ActionShort, Habit>;

/** The rule as one text: equal texts, equal rules. */
export const AFFINITY_RULES = JSON.stringify([FEWEST, ADDED, ACTION_FORMS]);

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

/** Kinds of grants are no types: "projects" of one programme say nothing of those of another. */
function byType(counts: readonly SchemeCount[]): Map<ActionShort, number> {
  const types = new Map<ActionShort, number>();
  for (const { scheme, projects } of counts) {
    const type = actionShort(scheme ?? '');
    if (type) types.set(type, (types.get(type) ?? 0) + projects);
  }
  return types;
}

/**
 * What an institute's projects say of the types of action in which it takes part, held to all projects that
 * were imported. Empty where it has too few of a known type.
 */
export function affinityOf(own: readonly SchemeCount[], imported: readonly SchemeCount[]): Affinity {
  const [had, all] = [byType(own), byType(imported)];
  const [of, ofAll] = [sum(had.values()), sum(all.values())];
  const known = of < FEWEST ? [] : [...all].filter(([, projects]) => projects >= FEWEST);
  return new Map(
    known.map(([type, projects]): [ActionShort, Habit] => {
      const [count, usual] = [had.get(type) ?? 0, projects / ofAll];
      const times = (count + ADDED) / (usual * of + ADDED);
      return [type, { lift: Math.min(1, Math.max(-1, Math.log2(times))), own: count, of, usual }];
    }),
  );
}
