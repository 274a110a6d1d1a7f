import {
  ACTION_FORMS,
  actionShort,
  type ActionShort,
  type AddressedCall,
} from '../../../calls/domain/index.js';
import type { SchemeCount } from '../../../funded-projects/domain/index.js';
import type { Evidence, MatchScore } from '../scoring/match.js';

/**
 * What share of a call's points its type of action gives or takes at the most. Set by hand and small, since nothing proves it: the public data by which the
 * ranking is measured does not name the types of past projects, so that neither a weight nor a gain could be learned from it. Five in a hundred settle the
 * order of calls that fit alike; the subject stays what decides, and a call that falls into another band was next to it.
 */
const MOST = 0.05;
/** Fewer projects of a known type, of the institute or of a type in all, say nothing. */
const FEWEST = 10;
/** So many projects are added to those that it has of a type and to those that were to be expected: of what is rare anyhow one more or less does not turn the scale. */
const ADDED = 3;

/** How often an institute takes part in a type of action, beside how often is usual. */
interface Habit {
  /** From -1, half as often as is usual or less, to 1, twice as often or more; nearer to 0 where that is a matter of a few projects. */
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
export const ACTION_RULES = JSON.stringify([MOST, FEWEST, ADDED, ACTION_FORMS]);

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

/** What an institute's projects say of the types of action in which it takes part, held to all projects that were imported. Empty where it has too few of a known type. */
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

/** A call's type of action, and how often the institute takes part in such. */
export interface Typed extends Habit {
  type: ActionShort;
}

/** Of which types of action calls are, by their numbers. */
export class TypedCalls {
  private readonly known = new Map<number, ActionShort[]>();

  set(number: number, { typesOfAction = [] }: AddressedCall): void {
    const types = [...new Set(typesOfAction.flatMap((type) => actionShort(type) ?? []))];
    if (types.length) this.known.set(number, types);
    else this.known.delete(number);
  }

  /** Of a call's types the one in which the institute takes part most, beside what is usual; null where nothing is known of any. */
  of(number: number, affinity: Affinity | undefined): Typed | null {
    if (!affinity?.size) return null;
    let best: Typed | null = null;
    for (const type of this.known.get(number) ?? []) {
      const habit = affinity.get(type);
      if (habit && (!best || habit.lift > best.lift)) best = { type, ...habit };
    }
    return best;
  }
}

/** Points with what the type of action gives or takes: a share of them, so that nothing is told for its type alone. */
export const leant = (points: number, typed: Typed | null): number =>
  typed ? Math.min(100, points * (1 + MOST * typed.lift)) : points;

/** A match with what its type of action gives or takes: as a part of its own, so that the reasons sum to the score. */
export function withType(match: MatchScore, typed: Typed | null): MatchScore {
  const score = leant(match.score, typed);
  if (!typed || score === match.score) return match;
  const { type, own, of, usual } = typed;
  const part: Evidence = {
    part: 'types-of-action',
    competence: '',
    term: type,
    field: '',
    spans: [],
    contribution: score - match.score,
    habit: { own, of, usual },
  };
  return { ...match, score, evidence: [...match.evidence, part] };
}
