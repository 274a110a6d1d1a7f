import type { OpportunityState } from './state.js';

/**
 * `taken-up`: followed from a verdict, a proposal or an answer; `decided`: one of these moved it on; `begun`:
 * a person added it; `moved`: the portal moved the deadline; `joint`: filled in from a joint bid.
 */
export const STEP_KINDS = [
  'taken-up',
  'begun',
  'imported',
  'stage',
  'decided',
  'facts',
  'milestones',
  'tasks',
  'moved',
  'joint',
  'undo',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export type Changes<S = OpportunityState> = { [F in keyof S]?: { from: unknown; to: unknown } };

/** One line of a history: who changed which fields of a state, and when. Append-only. */
export interface Line<S, K extends string> {
  id: string;
  seq: number;
  kind: K;
  changes: Changes<S>;
  by: string;
  at: Date;
  /** The line that this one undoes. */
  undoes: string | null;
}

/** A line of an opportunity's history, with the reason. */
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

/** Lines that began an opportunity cannot be undone (it is withdrawn instead), nor can an undo. */
export const NOT_UNDONE: readonly StepKind[] = ['taken-up', 'begun', 'undo'];

/** The last line that can be undone: of none of the kinds `notUndone`, not undone yet, not the first. */
export function lastToUndo<K extends string, L extends Omit<Line<object, K>, 'changes'>>(
  history: readonly L[],
  notUndone: readonly K[],
): L | null {
  const undone = new Set(history.map((s) => s.undoes));
  const left = history.filter((s) => !undone.has(s.id) && !notUndone.includes(s.kind));
  const last = [...left].sort((a, b) => b.seq - a.seq)[0];
  return last && last.seq > 1 ? last : null;
}

/** When the field was last set before a line that is undone; null if that is not known. */
export function lastSetBefore<S, K extends string, F extends keyof S>(
  history: readonly Pick<Line<S, K>, 'id' | 'seq' | 'changes' | 'at' | 'undoes'>[],
  undone: string,
  field: F,
): Date | null {
  const gone = new Set(history.map((s) => s.undoes));
  const { seq } = history.find((s) => s.id === undone)!;
  const set = history.filter((s) => s.seq < seq && s.changes[field] && !s.undoes && !gone.has(s.id));
  return set.sort((a, b) => b.seq - a.seq)[0]?.at ?? null;
}

/** The state before a line. Fields the line did not touch are kept. */
export const before = <S extends object>(state: S, { changes }: { changes: Changes<S> }): S => ({
  ...state,
  ...Object.fromEntries(
    Object.entries<{ from: unknown }>(changes as Record<string, { from: unknown }>).map(
      ([field, { from }]) => [field, from],
    ),
  ),
});
