import { z } from 'zod';
import type { CallContent } from '../call-content.js';

export interface BudgetedTopic {
  id: string;
  title: string;
  identifier: string | null;
  budget: CallContent['budget'];
}

export interface BudgetRow {
  id: string;
  title: string;
  identifier: string | null;
  /** Whether it is the topic being viewed. */
  self: boolean;
  currency: string | null;
  total: number | null;
  grants: number | null;
  min: number | null;
  max: number | null;
  /** The total relative to the largest, 0 to 1; null if not stated or in another currency. */
  bar: number | null;
}

export interface BudgetComparison {
  rows: BudgetRow[];
  /** The sum of all totals, in the topic's currency; null if some of them share a total, or may. */
  sum: { amount: number; currency: string } | null;
  /** The topic's share of the sum, 0 to 1; null if unknown. */
  share: number | null;
  /**
   * How many topics state this same total although the projects of one use at most half of it: then it is one
   * budget for all of them.
   */
  pooled: number | null;
  /** What the topic's own total covers. */
  stated: StatedTotal;
}

/** A topic's projects use at most this share of its total if the total is not its own. */
const HALF = 0.5;

const takes = (b: NonNullable<CallContent['budget']>): number | null =>
  b.expectedGrants === null || b.maxContribution === null ? null : b.expectedGrants * b.maxContribution;

/**
 * Whether a topic's projects use so little of its total that it may cover several topics, which it does if
 * another topic of the same call states the same.
 */
function mayBeShared(budget: CallContent['budget']): boolean {
  if (!budget?.total) return false;
  const own = takes(budget);
  return own !== null && own <= budget.total * HALF;
}

/**
 * What the total stated by a topic covers: the topic, several topics, or either if nothing tells them apart.
 */
const STATED_TOTALS = ['topic', 'several', 'unclear'] as const;
export type StatedTotal = (typeof STATED_TOTALS)[number];

/** `alike` are the budgets of the other topics of the call that state the same total. */
export function whoseTotal(budget: CallContent['budget'], alike: CallContent['budget'][]): StatedTotal {
  if (!budget?.total) return 'topic';
  if (!alike.length) return mayBeShared(budget) ? 'unclear' : 'topic';
  if ([budget, ...alike].some(mayBeShared)) return 'several';
  return takes(budget) === null ? 'unclear' : 'topic';
}

/** Returns what a topic's total covers, given the other topics of its call. */
export function totalAmong(
  { id, budget }: Pick<BudgetedTopic, 'id' | 'budget'>,
  others: Pick<BudgetedTopic, 'id' | 'budget'>[],
): StatedTotal {
  const alike = others.filter(
    (o) => o.id !== id && o.budget?.total === budget?.total && o.budget?.currency === budget?.currency,
  );
  return whoseTotal(
    budget,
    alike.map((o) => o.budget),
  );
}

/** Whether two of these topics state a total that they may share: a sum might count it twice. */
const mayCountTwice = (all: BudgetedTopic[]): boolean => {
  const stating = (total: number, currency: string): number =>
    all.filter((t) => t.budget?.total === total && t.budget.currency === currency).length;
  return all.some(
    (t) =>
      t.budget?.total && stating(t.budget.total, t.budget.currency) > 1 && totalAmong(t, all) !== 'topic',
  );
};

function rowOf(
  { id, title, identifier, budget }: BudgetedTopic,
  self: boolean,
  largest: number,
  currency: string,
): BudgetRow {
  const total = budget?.total ?? null;
  return {
    id,
    title,
    identifier,
    self,
    currency: budget?.currency ?? null,
    total,
    grants: budget?.expectedGrants ?? null,
    min: budget?.minContribution ?? null,
    max: budget?.maxContribution ?? null,
    bar: total === null || budget?.currency !== currency || largest === 0 ? null : total / largest,
  };
}

/**
 * Compares a topic's budget with those of the other topics of its call, largest first; missing values stay
 * missing. Null if there is nothing to compare: no other topic, or no totals.
 */
export function budgetComparison(topic: BudgetedTopic, sisters: BudgetedTopic[]): BudgetComparison | null {
  const all = [topic, ...sisters];
  const currency = topic.budget?.currency ?? sisters.find((s) => s.budget)?.budget?.currency;
  const alike = all.flatMap((t) =>
    t.budget?.total && t.budget.currency === currency ? [t.budget.total] : [],
  );
  if (!sisters.length || !alike.length || currency === undefined) return null;
  const stated = totalAmong(topic, sisters);
  const pooled =
    stated === 'several' ? all.filter((t) => t.budget?.total === topic.budget!.total).length : null;
  const [amount, own] = [alike.reduce((a, b) => a + b, 0), topic.budget?.total ?? null];
  const summed = !mayCountTwice(all);
  const rows = all.map((t, i) => rowOf(t, i === 0, Math.max(...alike), currency));
  return {
    rows: rows.sort(
      (a, b) =>
        (b.total ?? -1) - (a.total ?? -1) ||
        Number(b.self) - Number(a.self) ||
        (a.identifier ?? a.title).localeCompare(b.identifier ?? b.title, 'en'),
    ),
    sum: summed ? { amount, currency } : null,
    share: summed && own !== null ? own / amount : null,
    pooled,
    stated,
  };
}

/** What the total of a call in a list covers. */
export const BudgetFor = {
  budgetShared: z
    .boolean()
    .describe(
      'whether its total is most probably shared between several topics of its call, which state the same amount',
    ),
  budgetFor: z
    .enum(STATED_TOTALS)
    .describe(
      'what its total covers: the topic, several topics of its call (most probably), or unclear where several state the same',
    ),
};

/** A call that is not a topic of another has no entry: the total is its own. */
export const budgetFor = (
  total: StatedTotal = 'topic',
): { budgetShared: boolean; budgetFor: StatedTotal } => ({
  budgetShared: total === 'several',
  budgetFor: total,
});
