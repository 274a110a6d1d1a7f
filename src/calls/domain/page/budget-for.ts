import { z } from 'zod';
import { STATED_TOTALS, type StatedTotal } from './budget-comparison.js';

/** Whose the total is that a call in a list states. */
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

/** Nothing is known of a call that is no topic of another: then the total is its own. */
export const budgetFor = (
  total: StatedTotal = 'topic',
): { budgetShared: boolean; budgetFor: StatedTotal } => ({
  budgetShared: total === 'several',
  budgetFor: total,
});
