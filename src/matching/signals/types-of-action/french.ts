import { ACTION_NAMES, type ActionShort } from '../../../calls/domain/index.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { NB } from '../_kit/french.js';

const percent = (share: number): string =>
  `${new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 2 }).format(100 * share)}${NB}%`;

function typeOfAction({ term, contribution, habit }: ReasonDetails): string {
  const often = `Votre institut participe ${contribution < 0 ? 'moins souvent' : 'plus souvent'} que la moyenne à des ${ACTION_NAMES.fr[term as ActionShort]}`;
  return habit
    ? `${often} (${habit.own} de ses ${habit.of}${NB}projets de type connu, ${percent(habit.own / habit.of)}, contre ${percent(habit.usual)} de tous les projets)`
    : often;
}

export const FRENCH: ReasonWords = { name: 'Types d’action de vos projets', says: typeOfAction };
