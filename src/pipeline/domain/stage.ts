import { z } from 'zod';
import { type FieldIssue, wrong } from '../../kernel/issues.js';

/** Where an institute stands with a call it may answer. `go-no-go`: studied, awaiting the decision. */
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

/** Nothing is left to do. */
export const ENDED: readonly Stage[] = ['rejected', 'withdrawn', 'no-go'];
/** The same, or only the contract of a funded bid. */
export const OVER: readonly Stage[] = ['funded', ...ENDED];
/** Submitted, and not yet decided on. */
export const AWAITING_RESULT: readonly Stage[] = ['submitted', 'reserve-list'];
/** Once submitted, whatever became of it. */
export const SUBMITTED: readonly Stage[] = [...AWAITING_RESULT, 'funded', 'rejected'];
/** Before the decision to bid. */
export const BEFORE_GO: readonly Stage[] = ['to-study', 'go-no-go'];

/** The stages in which a moved deadline still matters. */
export const BEFORE_SUBMISSION: readonly Stage[] = ['to-study', 'go-no-go', 'preparing'];

/**
 * The stages that may follow. A rejection may be overturned in an evaluation review; a bid that was given up
 * may be resumed.
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

/** None for a stage that only a newer version knows. */
export const nextStages = (stage: Stage): readonly Stage[] => (Object.hasOwn(NEXT, stage) ? NEXT[stage] : []);

/** Why one stage cannot follow another; null if it can. */
export function stepProblem(from: Stage, to: Stage): FieldIssue | null {
  if (from === to) return wrong(['stage'], 'same-stage', { stage: to });
  const next = nextStages(from);
  if (next.includes(to)) return null;
  return next.length
    ? wrong(['stage'], 'cannot-follow', { from, next: next.join(', ') })
    : wrong(['stage'], 'nothing-follows', { from });
}
