import { ACTION_FORMS, actionShort, type ActionShort } from '../../../calls/domain/action-code.js';
import type { SchemeCount } from '../../../funded-projects/domain/history-project.js';

/** With fewer projects of known types, of the institute or of one type in all, there is no result. */
const FEWEST = 10;
/**
 * Added to both the actual and the expected number of projects of a type, so that one more or less of a rare
 * type does not tip the scale.
 */
const ADDED = 3;

/** How often an institute takes part in a type of action, compared with the average. */
export interface Habit {
  /**
   * From -1 (half as often as usual, or less) to 1 (twice as often, or more); closer to 0 if only a few
   * projects make the difference.
   */
  lift: number;
  /** The institute's projects of the type, and of all known types. */
  own: number;
  of: number;
  /** The type's share of all imported projects of a known type, 0 to 1. */
  usual: number;
}

/** By type of action; types without a result are left out. */
export type Affinity = ReadonlyMap<ActionShort, Habit>;

/** The rules as text: equal texts mean equal rules. */
export const AFFINITY_RULES = JSON.stringify([FEWEST, ADDED, ACTION_FORMS]);

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

/** Kinds of grants are not types: "projects" of one programme say nothing about those of another. */
function byType(counts: readonly SchemeCount[]): Map<ActionShort, number> {
  const types = new Map<ActionShort, number>();
  for (const { scheme, projects } of counts) {
    const type = actionShort(scheme ?? '');
    if (type) types.set(type, (types.get(type) ?? 0) + projects);
  }
  return types;
}

/**
 * Returns an institute's habits by type of action, compared with all imported projects. Empty if it has too
 * few projects of a known type.
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
