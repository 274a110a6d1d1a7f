import { ACTION_NAMES, type ActionShort } from '../../../calls/domain/index.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';

const percent = (share: number): string =>
  `${new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 }).format(100 * share)}%`;

function typeOfAction({ term, contribution, habit }: ReasonDetails): string {
  const often = `Your institute takes part in ${ACTION_NAMES.en[term as ActionShort]} ${contribution < 0 ? 'less often' : 'more often'} than average`;
  return habit
    ? `${often} (${habit.own} of its ${habit.of} projects of a known type, ${percent(habit.own / habit.of)}, compared with ${percent(habit.usual)} of all projects)`
    : often;
}

export const ENGLISH: ReasonWords = { name: 'Types of action of your projects', says: typeOfAction };
