import { z } from 'zod';

/** `study`: to be examined before a decision; `later`: postponed to a date. */
const VERDICTS = ['relevant', 'study', 'later', 'not'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** Why a call is not for the institute: the reasons officers give in the director's sheet. */
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

/** The current verdict; `verdict` is null if nobody has decided. */
export interface VerdictState {
  verdict: Verdict | null;
  reason: VerdictReason | null;
  /** The day on which a postponed call is due for a decision, e.g. 2026-06-30; null for any other verdict. */
  until: string | null;
  verdictBy: string | null;
  verdictById: string | null;
  /** Whether their link in a mail decided, which may have been used by whoever had it. */
  verdictByLink: boolean;
  verdictAt: string | null;
  verdictVersion: number | null;
}

export interface PastVerdict {
  callId: string;
  title: string;
  verdict: Verdict;
}

/**
 * Whether a verdict is about the subject: a "not" for lack of time, people or money says nothing about
 * similar calls.
 */
export const saysOfSubject = (verdict: Verdict | null, reason: VerdictReason | null): boolean =>
  verdict === 'relevant' || (verdict === 'not' && reason === 'topic');

/** The most points that verdicts may add or take. */
export const MOST_POINTS = 10;
/** Returns the similarity in meaning of two calls, by id: 1 is the same, 0 and below is none. */
export type Alike = (a: string, b: string) => number;
