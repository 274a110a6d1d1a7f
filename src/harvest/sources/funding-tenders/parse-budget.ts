import { z } from 'zod';
import type { ParsedCall } from '../../../calls/domain/index.js';

const Line = z.object({
  action: z.string(),
  expectedGrants: z.number().nullish(),
  minContribution: z.number().nullish(),
  maxContribution: z.number().nullish(),
  budgetYearMap: z.record(z.string(), z.coerce.number()).nullish(),
});
const Overview = z.object({ budgetTopicActionMap: z.record(z.string(), z.array(Line)) });

/** 0 is how the portal writes "not stated". */
const stated = (x: number | null | undefined): number | null => (x && x > 0 ? x : null);
const sum = (xs: (number | null | undefined)[]): number | null =>
  stated(xs.reduce<number>((a, x) => a + (x ?? 0), 0));
const least = (xs: (number | null | undefined)[]): number | null => {
  const all = xs.flatMap((x) => stated(x) ?? []);
  return all.length ? Math.min(...all) : null;
};
const most = (xs: (number | null | undefined)[]): number | null =>
  stated(Math.max(0, ...xs.map((x) => x ?? 0)));

/**
 * The topic's own budget out of the overview, which lists the whole call: only the lines whose action begins
 * with the topic's identifier are its own. Null where the portal states nothing for it. Amounts are in euro.
 */
export function budgetOf(overview: string, identifier: string): ParsedCall['budget'] {
  const lines = Object.values(Overview.parse(JSON.parse(overview)).budgetTopicActionMap).flat();
  // The blank keeps TOPIC-01 from taking the line of TOPIC-010.
  const own = lines.filter((l) =>
    `${l.action.trim()} `.toLowerCase().startsWith(`${identifier} `.toLowerCase()),
  );
  const years = own.flatMap((l) => Object.entries(l.budgetYearMap ?? {}));
  const budget = {
    currency: 'EUR',
    total: sum(years.map(([, amount]) => amount)),
    expectedGrants: sum(own.map((l) => l.expectedGrants)),
    minContribution: least(own.map((l) => l.minContribution)),
    maxContribution: most(own.map((l) => l.maxContribution)),
    years: years.filter(([, amount]) => amount > 0).map(([year]) => year),
  };
  const nothing = [budget.total, budget.expectedGrants, budget.minContribution, budget.maxContribution].every(
    (x) => x === null,
  );
  return nothing ? null : budget;
}
