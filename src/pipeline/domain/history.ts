import type { OpportunityState } from './state.js';

/** `taken-up`: it followed from a verdict, a proposal or an answer; `begun`: somebody put it there; `moved`: the portal moved the deadline; `joint`: a joint bid filled it in. */
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

/** What was changed, field by field. */
export type Changes = { [F in keyof OpportunityState]?: { from: unknown; to: unknown } };

/** One line of the history: who changed what, when and why. Lines are only ever added. */
export interface Step {
  id: string;
  seq: number;
  kind: StepKind;
  changes: Changes;
  why: string | null;
  by: string;
  at: Date;
  /** The line that this one takes back. */
  undoes: string | null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function changesBetween(before: OpportunityState, after: OpportunityState): Changes {
  const fields = Object.keys(after) as (keyof OpportunityState)[];
  return Object.fromEntries(
    fields
      .filter((field) => !same(before[field], after[field]))
      .map((field) => [field, { from: before[field], to: after[field] }]),
  );
}

/** Lines that began an opportunity are not taken back: it is withdrawn instead. Nor is what takes back. */
export const NOT_UNDONE: readonly StepKind[] = ['taken-up', 'begun', 'undo'];

/** The last line that can be taken back: not an undo, not undone, and not the one that began it. */
export function lastToUndo(history: Step[]): Step | null {
  const undone = new Set(history.map((s) => s.undoes));
  const left = history.filter((s) => !undone.has(s.id) && !NOT_UNDONE.includes(s.kind));
  const last = [...left].sort((a, b) => b.seq - a.seq)[0];
  return last && last.seq > 1 ? last : null;
}

/** How it stood before a line. What that line did not touch stays. */
export const before = (state: OpportunityState, { changes }: Step): OpportunityState => ({
  ...state,
  ...Object.fromEntries(Object.entries(changes).map(([field, { from }]) => [field, from])),
});
