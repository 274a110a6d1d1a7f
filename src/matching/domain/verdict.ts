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
  /**
   * The day on which a call that was put off is to be decided again, as 2026-06-30; null of every other
   * verdict.
   */
  until: string | null;
  verdictBy: string | null;
  verdictAt: string | null;
  verdictVersion: number | null;
}

/** What an institute said of a call. */
export interface PastVerdict {
  callId: string;
  title: string;
  verdict: Verdict;
}

/**
 * Whether a verdict says something of the subject: a "not" for want of time, people or money says nothing of
 * calls like it.
 */
export const saysOfSubject = (verdict: Verdict | null, reason: VerdictReason | null): boolean =>
  verdict === 'relevant' || (verdict === 'not' && reason === 'topic');

/** More points than these no verdicts give or take. */
export const MOST_POINTS = 10;
/** How alike two calls are in meaning, by their ids: 1 the same, 0 and below not at all. */
export type Alike = (a: string, b: string) => number;
