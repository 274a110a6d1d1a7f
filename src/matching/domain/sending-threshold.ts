import { z } from 'zod';
import { BAND_FROM } from '../../kernel/band.js';
import type { Verdict, VerdictReason } from './verdict.js';

/**
 * How likely officers are to keep a call, by its score: the logit of the likelihood is `intercept` plus
 * `slope` times the logit of the score.
 */
export const KeptCurve = z.strictObject({
  intercept: z.number().min(-20).max(20),
  slope: z.number().min(0.1).max(20),
});
export type KeptCurve = z.infer<typeof KeptCurve>;

/** A decision that tells where an institute's threshold should be. */
export interface CountedDecision {
  /** The call's score by the profile alone, as the profile is today. */
  score: number;
  kept: boolean;
  /** 1, or less for a decision that says less of the institute as it is today. */
  weight: number;
}

/** The score from which calls are sent to an institute, and what moved it. */
export interface SendingThreshold {
  score: number;
  /** Where it is without the institute's decisions. */
  usual: number;
  /** How much likelier than on the judged day the institute is to keep a call, in logits. */
  offset: number;
  /** The decisions that count, how many of them were kept, and how many would have been on the judged day. */
  decisions: number;
  kept: number;
  expected: number;
}

/** Each decision moves the threshold by at most this: the first say more of the day than of the institute. */
const MOST_MOVED = 0.75;
/** With decisions, what is likelier kept than refused is sent: a logit of 0. */
const LIKELIER_KEPT = 0;
/** Decisions move the threshold within these scores: calls from "possible" on are always sent. */
const LOWEST = 25;
const HIGHEST = BAND_FROM.possible;
/** The threshold falls no further than this below the lowest score kept: below it, nobody has looked. */
const STEP = 5;
/** Scores of 0 and 100 have no logit. */
const LEAST_SHARE = 0.001;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (share: number): number => Math.log(share / (1 - share));
const logitOfScore = (score: number): number =>
  logit(Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, score / 100)));
const logitOfKept = (score: number, { intercept, slope }: KeptCurve): number =>
  intercept + slope * logitOfScore(score);

/** Returns how likely a call of this score is to be kept, by the judged day. */
export const likelihoodOf = (score: number, curve: KeptCurve): number => sigmoid(logitOfKept(score, curve));

/**
 * Whether a decision keeps the call (true), refuses it (false), or says nothing of what the institute wants
 * to be sent (null): it was put off, or refused for want of time, people or money.
 */
export function keeps(verdict: Verdict | null, reason: VerdictReason | null): boolean | null {
  if (verdict === 'relevant' || verdict === 'study') return true;
  return verdict === 'not' && (reason === 'topic' || reason === 'role') ? false : null;
}

/** Newton's method ends after a few steps; the function has one top. */
const STEPS = 50;
const NEAR = 1e-9;

/**
 * Returns the offset, in logits, that is likeliest given the decisions (maximum a posteriori), if institutes
 * differ by a normal distribution around 0 with this standard deviation.
 */
export function offsetOf(decisions: readonly CountedDecision[], curve: KeptCurve, spread: number): number {
  if (spread === 0) return 0;
  let offset = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let [slope, bend] = [-offset / spread ** 2, -1 / spread ** 2];
    for (const { score, kept, weight } of decisions) {
      const likely = sigmoid(logitOfKept(score, curve) + offset);
      slope += weight * (Number(kept) - likely);
      bend -= weight * likely * (1 - likely);
    }
    // Far from the top, where the bend is slight, a whole step would overshoot it.
    const next = offset - Math.max(-1, Math.min(1, slope / bend));
    if (Math.abs(next - offset) < NEAR) return next;
    offset = next;
  }
  return offset;
}

/**
 * Returns where an institute's threshold is after its decisions. `usual`: the installation's. `spread`:
 * see `offsetOf`; 0 keeps the usual threshold.
 */
export function sendingThreshold(
  decisions: readonly CountedDecision[],
  curve: KeptCurve,
  { usual, spread }: { usual: number; spread: number },
): SendingThreshold {
  const offset = offsetOf(decisions, curve, spread);
  const weight = decisions.reduce((sum, d) => sum + d.weight, 0);
  const kept = decisions.filter((d) => d.kept);
  const threshold = {
    usual,
    offset,
    decisions: decisions.length,
    kept: kept.length,
    expected: decisions.reduce((sum, d) => sum + likelihoodOf(d.score, curve), 0),
  };
  // An installation that sends what is likelier refused than kept goes on to do so.
  const asked = Math.min(logitOfKept(usual, curve), LIKELIER_KEPT);
  const score = 100 * sigmoid((asked - offset - curve.intercept) / curve.slope);
  const most = MOST_MOVED * weight;
  const lowest = Math.max(Math.min(LOWEST, usual), Math.min(usual, ...kept.map((d) => d.score - STEP)));
  const [from, to] = [Math.max(lowest, usual - most), Math.min(Math.max(HIGHEST, usual), usual + most)];
  return { ...threshold, score: spread === 0 ? usual : Math.min(to, Math.max(from, score)) };
}

/** The weight of a decision made while the institute described itself otherwise. */
const BEFORE_CHANGE = 0.5;

/** Returns the weight of a decision made at an instant; `since`: when the competences were last changed. */
export const weightOf = (at: Date, since: Date | null): number =>
  since !== null && at < since ? BEFORE_CHANGE : 1;
