import { intervalOf, LEAST_CASES, type Rate, rateOf } from '../../kernel/statistics.js';

/** The two strata of calls that were not sent to an institute: near misses, and all others. */
const STRATA = ['near', 'far'] as const;
export type Stratum = (typeof STRATA)[number];
/** The sample size per month, half from each stratum if possible. */
export const SAMPLED = 10;
/** The size of the near stratum, which holds most calls that may be wanted after all. */
export const NEAR = 50;

/**
 * For one month and stratum: how many calls were not sent, how many of those sampled have a verdict, and how
 * many are wanted.
 */
export interface Asked {
  stratum: Stratum;
  size: number;
  decided: number;
  wanted: number;
}
export interface MonthOfRecall {
  /** Wanted calls that were open when the sample was drawn, and were sent. */
  told: number;
  /** The same for those that were not sent and that the institute found by itself. */
  found: number;
  asked: Asked[];
}

const sum = (numbers: number[]): number => numbers.reduce((all, n) => all + n, 0);

/**
 * Returns the share of wanted calls that were sent to an institute: sent ÷ (sent + found without us +
 * missed), where missed is the samples' estimate over all calls not sent. `of` is that total as a number of
 * calls; there is no rate below `LEAST_CASES` verdicts, or while a stratum has no verdicts at all.
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
