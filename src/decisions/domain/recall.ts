import { intervalOf, LEAST_CASES, rateOf, type Rate } from '../../kernel/rate.js';

/**
 * The calls that an institute was not told of are asked about in two parts: those that fit nearly, and all
 * others.
 */
const STRATA = ['near', 'far'] as const;
export type Stratum = (typeof STRATA)[number];
/** So many calls are asked about each month, half of each part where it has as many. */
export const SAMPLED = 10;
/** So many are near: they hold most of what may be wanted all the same. */
export const NEAR = 50;

/**
 * Of one month and one part: how many calls were not told, about how many of them was decided, and how many
 * of those are wanted.
 */
export interface Asked {
  stratum: Stratum;
  size: number;
  decided: number;
  wanted: number;
}
export interface MonthOfRecall {
  /** Calls that were open when the sample was drawn, are wanted, and were told. */
  told: number;
  /** The same of those that were not told, and that the institute found by itself. */
  found: number;
  asked: Asked[];
}

const sum = (numbers: number[]): number => numbers.reduce((all, n) => all + n, 0);

/**
 * Which part of the calls that an institute wanted it was told of: told ÷ (told + found without us + missed),
 * where missed is what the samples say of all that was not told. `of` is that whole as a number of calls; no
 * rate is told where fewer calls were decided on, or while one part was not asked about at all.
 */
export function recallOf(months: MonthOfRecall[]): Rate {
  const asked = months.flatMap((month) => month.asked);
  const told = sum(months.map((month) => month.told));
  const known = told + sum(months.map((month) => month.found));
  const parts = STRATA.map((stratum) => {
    const own = asked.filter((part) => part.stratum === stratum);
    const [decided, wanted] = [sum(own.map((p) => p.decided)), sum(own.map((p) => p.wanted))];
    return { size: sum(own.map((p) => p.size)), decided, wanted, ...intervalOf(wanted, decided) };
  }).filter((part) => part.size > 0);
  const answers = sum(parts.map((part) => part.decided));
  if (answers < LEAST_CASES || parts.some((part) => part.decided === 0)) return rateOf(0, 0);
  const whole = (share: (part: (typeof parts)[number]) => number): number =>
    known + sum(parts.map((part) => part.size * share(part)));
  const of = whole((part) => part.wanted / part.decided);
  if (of < LEAST_CASES) return rateOf(told, Math.round(of));
  return {
    hits: told,
    of: Math.round(of),
    rate: told / of,
    low: told / whole((part) => part.high),
    high:
      told /
      Math.max(
        told,
        whole((part) => part.low),
      ),
  };
}
