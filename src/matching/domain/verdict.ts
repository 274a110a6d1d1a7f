import { z } from 'zod';

export const VERDICTS = ['relevant', 'not'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** Why a call is not for the institute: what an officer says in the director's sheet. */
export const VERDICT_REASONS = [
  'topic',
  'trl',
  'role',
  'budget',
  'timing',
  'eligibility',
  'capacity',
] as const;
export const VerdictReason = z.enum(VERDICT_REASONS);
export type VerdictReason = z.infer<typeof VerdictReason>;

/** A verdict as it stands; `verdict` null where nobody decided. */
export interface VerdictState {
  verdict: Verdict | null;
  reason: VerdictReason | null;
  verdictBy: string | null;
  verdictAt: string | null;
  verdictVersion: number | null;
}
