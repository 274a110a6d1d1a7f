import {
  ACTION_NAMES,
  type ActionShort,
  ADDRESSEE_NAMES,
  type Addressee,
} from '../../../../calls/domain/index.js';
import { namedParts } from './call-parts.js';
import type { ReasonText, ReasonDetails } from './reason-text.js';
import { readingSaid } from './reading-sentence.js';

const quoted = (text: string): string => `“${text}”`;
const MINUS = '\u2212';

function points(whole: number, exact: number): string {
  if (whole === 0) return exact > 0 ? 'less than 1 point' : '0 points';
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole)} ${Math.abs(whole) === 1 ? 'point' : 'points'}`;
}

const TIMES = ['', 'once', 'twice'];
const times = ({ count, atLeast }: ReasonDetails): string =>
  `${atLeast ? 'at least ' : ''}${TIMES[count] ?? `${count} times`}`;
const quote = (details: ReasonDetails): string =>
  details.quote === null ? '' : ` (${quoted(details.quote)})`;
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

const said = ({ kinds, ...details }: ReasonDetails): string =>
  details.quote === null || !kinds.length
    ? 'The call'
    : `The text in ${namedParts(kinds, 'en')}${quote({ kinds, ...details })}`;

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

function verdict({ term, contribution }: ReasonDetails): string {
  if (term === '') return 'The institute’s decisions on similar calls';
  return contribution < 0
    ? `You marked ${quoted(term)} “not for us”, and this call is similar`
    : `You found ${quoted(term)} relevant, and this call is similar`;
}

const percent = (share: number): string =>
  `${new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 }).format(100 * share)}%`;

function typeOfAction({ term, contribution, habit }: ReasonDetails): string {
  const often = `Your institute takes part in ${ACTION_NAMES.en[term as ActionShort]} ${contribution < 0 ? 'less often' : 'more often'} than average`;
  return habit
    ? `${often} (${habit.own} of its ${habit.of} projects of a known type, ${percent(habit.own / habit.of)}, compared with ${percent(habit.usual)} of all projects)`
    : often;
}

/** Why a call fits, in English. */
export const REASONS_EN: ReasonText = {
  points,
  rest: (count, whole, exact) =>
    `${count === 1 ? 'And a smaller one' : `And ${count} smaller ones`}: ${points(whole, exact)}.`,
  sentence: (details) => {
    const sentences: Record<ReasonDetails['part'], () => string> = {
      words: () => words(details),
      meaning: () => meaning(details),
      'past-projects': () => `${said(details)} is close to your project ${quoted(details.term)}`,
      programme: () => `You take part in the programme ${quoted(details.term)}`,
      editions: () => `An earlier edition of this call, ${quoted(details.term)}, was for you`,
      'types-of-action': () => typeOfAction(details),
      verdicts: () => verdict(details),
      reading: () => (details.reading ? readingSaid(details.reading, 'en') : 'A language model has read it'),
      addressees: () =>
        `It is aimed at ${ADDRESSEE_NAMES.en[details.term as Addressee]}, and research institutes rarely answer such calls`,
    };
    return `${sentences[details.part]()}: ${points(details.points, details.contribution)}.`;
  },
};
