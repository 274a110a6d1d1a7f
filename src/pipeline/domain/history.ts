import type { OpportunityState } from './state.js';

/**
 * `taken-up`: it followed from a verdict, a proposal or an answer; `begun`: somebody put it there; `moved`:
 * the portal moved the deadline; `joint`: a joint bid filled it in.
 */
export const STEP_KINDS = [
  'taken-up',
  'begun',
  'imported',
  'stage',
  'facts',
  'milestones',
  'tasks',
  'moved',
  'joint',
  'undo',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What of a state was changed, field by field. */
export type Changes<S = OpportunityState> = { [F in keyof S]?: { from: unknown; to: unknown } };

/** One line of a history: who changed what of a state, and when. Lines are only ever added. */
export interface Line<S, K extends string> {
  id: string;
  seq: number;
  kind: K;
  changes: Changes<S>;
  by: string;
  at: Date;
  /** The line that this one takes back. */
  undoes: string | null;
}

/** A line of the history of an opportunity, with why. */
export interface Step extends Line<OpportunityState, StepKind> {
  why: string | null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function changesBetween<S extends object>(before: S, after: S): Changes<S> {
  const fields = Object.keys(after) as (keyof S)[];
  return Object.fromEntries(
    fields
      .filter((field) => !same(before[field], after[field]))
      .map((field) => [field, { from: before[field], to: after[field] }]),
  ) as Changes<S>;
}

/** Lines that began an opportunity are not taken back: it is withdrawn instead. Nor is what takes back. */
export const NOT_UNDONE: readonly StepKind[] = ['taken-up', 'begun', 'undo'];

/** The last line that can be taken back: of no such kind, not undone, and not the one that began it. */
export function lastToUndo<K extends string, L extends Omit<Line<object, K>, 'changes'>>(
  history: readonly L[],
  notUndone: readonly K[],
): L | null {
  const undone = new Set(history.map((s) => s.undoes));
  const left = history.filter((s) => !undone.has(s.id) && !notUndone.includes(s.kind));
  const last = [...left].sort((a, b) => b.seq - a.seq)[0];
  return last && last.seq > 1 ? last : null;
}

/** How it stood before a line. What that line did not touch stays. */
export const before = <S extends object>(state: S, { changes }: { changes: Changes<S> }): S => ({
  ...state,
  ...Object.fromEntries(
    Object.entries<{ from: unknown }>(changes as Record<string, { from: unknown }>).map(
      ([field, { from }]) => [field, from],
    ),
  ),
});
