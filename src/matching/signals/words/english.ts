import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quote, quoted } from '../_kit/english.js';

const TIMES = ['', 'once', 'twice'];
const times = ({ count, atLeast }: ReasonDetails): string =>
  `${atLeast ? 'at least ' : ''}${TIMES[count] ?? `${count} times`}`;
const found = (details: ReasonDetails): string =>
  details.count === 0
    ? ''
    : `: found ${times(details)}, in ${namedParts(details.kinds, 'en')}${quote(details)}`;

function words(details: ReasonDetails): string {
  const { term, competence } = details;
  if (competence === '') return `${quoted(term)} of your profile${found(details)}`;
  if (term === '' || term.toLowerCase() === competence.toLowerCase())
    return `The name of your competence ${quoted(competence)}${found(details)}`;
  return `${quoted(term)} of your competence ${quoted(competence)}${found(details)}`;
}

export const ENGLISH: ReasonWords = { name: 'Words of the profile', says: words };
