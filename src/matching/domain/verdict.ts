import { z } from 'zod';

/** `study`: somebody looks into it before it is decided; `later`: put off until a day. */
export const VERDICTS = ['relevant', 'study', 'later', 'not'] as const;
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
  /** The day on which a call that was put off is to be decided again, as 2026-06-30; null of every other verdict. */
  until: string | null;
  verdictBy: string | null;
  verdictAt: string | null;
  verdictVersion: number | null;
}
