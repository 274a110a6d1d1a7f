import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { NB, quoted } from '../_kit/french.js';

function verdict({ term, contribution }: ReasonDetails): string {
  if (term === '') return 'Les décisions de l’institut sur des appels semblables';
  const call = quoted(term);
  return contribution < 0
    ? `Vous avez classé ${call} «${NB}non retenu${NB}», et cet appel lui ressemble`
    : `Vous avez jugé ${call} pertinent, et cet appel lui ressemble`;
}

export const FRENCH: ReasonWords = { name: 'Vos décisions sur des appels semblables', says: verdict };
