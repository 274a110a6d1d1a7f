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
  /** Whether it is the topic that is looked at. */
  self: boolean;
  currency: string | null;
  total: number | null;
  grants: number | null;
  min: number | null;
  max: number | null;
  /** The total against the largest, 0 to 1; null where it is not stated or in another currency. */
  bar: number | null;
}

export interface BudgetComparison {
  rows: BudgetRow[];
  /**
   * What all of them pay together, in the currency of the topic; null where some of them share a total, or
   * may.
   */
  sum: { amount: number; currency: string } | null;
  /** How much of it is the topic's, 0 to 1; null where that cannot be said. */
  share: number | null;
  /**
   * How many topics state this very total although the projects of one take half of it at most: then it is
   * one budget for all of them.
   */
  pooled: number | null;
  /** Whose the topic's own total is. */
  stated: StatedTotal;
}

/** At most so much of a topic's own total do its projects take where the total is not its own. */
const HALF = 0.5;

const takes = (b: NonNullable<CallContent['budget']>): number | null =>
  b.expectedGrants === null || b.maxContribution === null ? null : b.expectedGrants * b.maxContribution;

/**
 * Whether a topic's projects take so little of its total that it may be one budget for several: it is where
 * another topic of the same call states the same.
 */
function mayBeShared(budget: CallContent['budget']): boolean {
  if (!budget?.total) return false;
  const own = takes(budget);
  return own !== null && own <= budget.total * HALF;
}

/**
 * Whose a total is that a topic of a call states: its own, one budget for several topics, or either, where
 * nothing tells the two apart.
 */
export const STATED_TOTALS = ['topic', 'several', 'unclear'] as const;
export type StatedTotal = (typeof STATED_TOTALS)[number];

/** `alike` are the budgets of the other topics of its call that state this very total. */
export function whoseTotal(budget: CallContent['budget'], alike: CallContent['budget'][]): StatedTotal {
  if (!budget?.total) return 'topic';
  if (!alike.length) return mayBeShared(budget) ? 'unclear' : 'topic';
  if ([budget, ...alike].some(mayBeShared)) return 'several';
  return takes(budget) === null ? 'unclear' : 'topic';
}

/** Whose the total of a topic is, among the other topics of its call. */
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

/**
 * Whether two of these topics state one total that need not be each one's own: added up it might count twice.
 */
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
 * A topic's budget beside those of the topics of the same call, the largest first; what is not stated stays
 * so. Null where there is nothing to compare: no other topic, or nobody states a total.
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
