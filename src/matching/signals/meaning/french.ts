import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quote, quoted, said } from '../_kit/french.js';

/** The term is the call's own word: nothing of the profile stands there. Without one it is the passage that an external model finds nearest. */
function meaning(details: ReasonDetails): string {
  const { term, competence, kinds } = details;
  const of = competence === '' ? 'votre profil' : `votre compétence ${quoted(competence)}`;
  const what =
    term === '' || kinds.length === 0
      ? said(details)
      : `${quoted(term)}, dans ${namedParts(kinds, 'fr')}${quote(details)},`;
  return `${what} est proche, par le sens, de ${of}`;
}

export const FRENCH: ReasonWords = { name: 'Proche par le sens', says: meaning };
