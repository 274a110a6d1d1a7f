import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { NB, quote, quoted } from '../_kit/french.js';

const found = (details: ReasonDetails): string =>
  details.count === 0
    ? ''
    : `${NB}: trouvé ${details.atLeast ? 'au moins ' : ''}${details.count}${NB}fois, dans ${namedParts(details.kinds, 'fr')}${quote(details)}`;

function words(details: ReasonDetails): string {
  const { term, competence } = details;
  if (competence === '') return `${quoted(term)} de votre profil${found(details)}`;
  if (term === '' || term.toLowerCase() === competence.toLowerCase())
    return `L’intitulé de votre compétence ${quoted(competence)}${found(details)}`;
  return `${quoted(term)} de votre compétence ${quoted(competence)}${found(details)}`;
}

export const FRENCH: ReasonWords = { name: 'Mots du profil', says: words };
