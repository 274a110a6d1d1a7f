import { z } from 'zod';
import { STATED_TOTALS, type StatedTotal } from './budget-comparison.js';

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
