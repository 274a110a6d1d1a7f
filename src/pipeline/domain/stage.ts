import { z } from 'zod';

/**
 * Where an institute is with a call that it may answer. `go-no-go`: it is studied, and the decision is
 * awaited.
 */
export const STAGES = [
  'to-study',
  'go-no-go',
  'preparing',
  'submitted',
  'reserve-list',
  'funded',
  'rejected',
  'withdrawn',
  'no-go',
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Nothing is to be done any more, but for the contract of what is funded. */
export const OVER: readonly Stage[] = ['funded', 'rejected', 'withdrawn', 'no-go'];
/** Before the decision to bid. */
export const BEFORE_GO: readonly Stage[] = ['to-study', 'go-no-go'];

/** What a deadline that moves is still of use for. */
export const BEFORE_SUBMISSION: readonly Stage[] = ['to-study', 'go-no-go', 'preparing'];

/**
 * What may follow. A rejection may fall in a review of the evaluation; what was given up may be taken up
 * again.
 */
const NEXT: Record<Stage, readonly Stage[]> = {
  'to-study': ['go-no-go', 'preparing', 'no-go', 'withdrawn'],
  'go-no-go': ['preparing', 'no-go', 'to-study', 'withdrawn'],
  preparing: ['submitted', 'go-no-go', 'no-go', 'withdrawn'],
  submitted: ['reserve-list', 'funded', 'rejected', 'withdrawn'],
  'reserve-list': ['funded', 'rejected', 'withdrawn'],
  funded: ['withdrawn'],
  rejected: ['reserve-list', 'funded'],
  withdrawn: ['to-study'],
  'no-go': ['to-study', 'go-no-go'],
};

export const nextStages = (stage: Stage): readonly Stage[] => NEXT[stage];

/** Why one stage cannot follow another, for the field that names it; null where it can. */
export function stepProblem(from: Stage, to: Stage): string | null {
  if (from === to) return `is ${JSON.stringify(to)} already`;
  if (NEXT[from].includes(to)) return null;
  return `cannot follow ${JSON.stringify(from)}; use one of: ${NEXT[from].map((s) => JSON.stringify(s)).join(', ')}`;
}
