import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quote, quoted, said } from '../_kit/english.js';

/** The term is the call's own word: nothing of the profile stands there. Without one it is the passage that an external model finds nearest. */
function meaning(details: ReasonDetails): string {
  const { term, competence, kinds } = details;
  const of = competence === '' ? 'your profile' : `your competence ${quoted(competence)}`;
  const what =
    term === '' || kinds.length === 0
      ? said(details)
      : `${quoted(term)}, in ${namedParts(kinds, 'en')}${quote(details)},`;
  return `${what} is close in meaning to ${of}`;
}

export const ENGLISH: ReasonWords = { name: 'Close in meaning', says: meaning };
