import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import type { Author } from '../../kernel/actor.js';
import { Day } from '../../kernel/brussels.js';
import { Verdict, VerdictReason, type VerdictState } from '../../matching/domain/verdict.js';

/** An officer's decision on a call. "not" has one reason, "later" a day; null removes a verdict. */
export const Decision = z
  .object({
    verdict: Verdict.nullable().describe('null: undecided again'),
    reason: VerdictReason.nullable().default(null).describe('only with "not", and required there'),
    until: Day.nullable()
      .default(null)
      .describe(
        'only with "later", and required there: the day on which, or a week before its last deadline if that is earlier, it comes back for a decision',
      ),
    version: z
      .number()
      .int()
      .min(1)
      .max(2_147_483_647)
      .optional()
      .describe('the version of the call that was looked at; by default the current one'),
    decidedAt: z.iso
      .datetime()
      .nullable()
      .optional()
      .describe(
        'the time of the verdict that was shown, null if there was none; refused (409) if there has been another decision since. If left out, it replaces any verdict',
      ),
  })
  .refine((d) => d.verdict !== 'not' || d.reason !== null, {
    path: ['reason'],
    ...issue('reason-required'),
  })
  .refine((d) => d.verdict === 'not' || d.reason === null, {
    path: ['reason'],
    ...issue('reason-for-not-only'),
  })
  .refine((d) => d.verdict !== 'later' || d.until !== null, {
    path: ['until'],
    ...issue('until-required'),
  })
  .refine((d) => d.verdict === 'later' || d.until === null, {
    path: ['until'],
    ...issue('until-for-later-only'),
  });
export type Decision = z.infer<typeof Decision>;

export const Undo = z.object({
  decidedAt: z.iso
    .datetime()
    .optional()
    .describe(
      'undo only the decision made at this time; refused (409) if there has been another decision since',
    ),
});
export type Undo = z.infer<typeof Undo>;

/** Who decides, when, and whether by their link in a mail. */
export interface Decider extends Author {
  at: string;
  byLink?: boolean;
}

/** The state of a call without a verdict. */
export const UNDECIDED: VerdictState = {
  verdict: null,
  reason: null,
  until: null,
  verdictBy: null,
  verdictById: null,
  verdictByLink: false,
  verdictAt: null,
  verdictVersion: null,
};

/** Whether two verdicts on a call are the same. */
const sameVerdict = (a: Said, b: Said): boolean =>
  a.verdict === b.verdict && a.reason === b.reason && a.until === b.until;
type Said = Pick<VerdictState, 'verdict' | 'reason' | 'until'>;

/** The current verdict and the previous one; null if there is nothing to undo. */
export interface Reviewed extends VerdictState {
  previous: VerdictState | null;
}

/**
 * Returns the state after a decision on that version of a call. Repeating a verdict keeps its first author,
 * and the previous state can still be restored; with a newer version that was looked at, it holds for that.
 */
export function decided(standing: Reviewed, decision: Decision, version: number, by: Decider): Reviewed {
  const looked = Math.min(decision.version ?? 0, version);
  if (sameVerdict(standing, decision))
    return looked > (standing.verdictVersion ?? looked) ? { ...standing, verdictVersion: looked } : standing;
  const { previous: _, ...before } = standing;
  if (decision.verdict === null) return { ...UNDECIDED, previous: before };
  return {
    verdict: decision.verdict,
    reason: decision.reason,
    until: decision.until,
    verdictBy: by.name,
    verdictById: by.personId,
    verdictByLink: by.byLink ?? false,
    verdictAt: by.at,
    verdictVersion: Math.min(decision.version ?? version, version),
    previous: before,
  };
}

/**
 * Whether somebody has decided since the verdict that this decision was based on. If they decided the same,
 * there is nothing to refuse.
 */
export const isOvertaken = (standing: Reviewed, decision: Decision): boolean =>
  decision.decidedAt !== undefined &&
  decision.decidedAt !== standing.verdictAt &&
  !sameVerdict(standing, decision);

/** Returns the state before the last decision, one step back: a second undo changes nothing. */
export const undone = (standing: Reviewed): Reviewed =>
  standing.previous ? { ...standing.previous, previous: null } : standing;
