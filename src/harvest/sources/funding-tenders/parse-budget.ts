import { storableJson } from '../../../kernel/storable.js';
import { z } from 'zod';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';

const Line = z.object({
  action: z.string(),
  expectedGrants: z.number().nullish(),
  minContribution: z.number().nullish(),
  maxContribution: z.number().nullish(),
  budgetYearMap: z.record(z.string(), z.coerce.number()).nullish(),
});
const Overview = z.object({ budgetTopicActionMap: z.record(z.string(), z.array(Line)) });

/** The portal writes "not stated" as 0. */
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
 * Returns the topic's own budget from the overview of the whole call: only the lines whose action begins with
 * the topic's identifier are its own. Null if the portal states nothing for it. Amounts are in euros.
 */
export function budgetOf(overview: string, identifier: string): ParsedCall['budget'] {
  const lines = Object.values(Overview.parse(storableJson(overview)).budgetTopicActionMap).flat();
  // The space keeps TOPIC-01 from matching the line of TOPIC-010.
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
