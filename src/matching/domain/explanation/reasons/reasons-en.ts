import { ACTION_NAMES, type ActionShort } from '../../../../calls/domain/action-code.js';
import { ADDRESSEE_NAMES, type Addressee } from '../../../../calls/domain/addressee.js';
import { namedParts } from './call-parts.js';
import type { ReasonText, Told } from './reason-text.js';
import { readingSaid } from './reading-sentence.js';

const quoted = (text: string): string => `“${text}”`;
const MINUS = '\u2212';

function points(whole: number, exact: number): string {
  if (whole === 0) return exact > 0 ? 'less than 1 point' : '0 points';
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole)} ${Math.abs(whole) === 1 ? 'point' : 'points'}`;
}

const TIMES = ['', 'once', 'twice'];
const times = ({ count, atLeast }: Told): string =>
  `${atLeast ? 'at least ' : ''}${TIMES[count] ?? `${count} times`}`;
const quote = (told: Told): string => (told.quote === null ? '' : ` (${quoted(told.quote)})`);
const found = (told: Told): string =>
  told.count === 0 ? '' : `: found ${times(told)}, in ${namedParts(told.kinds, 'en')}${quote(told)}`;

function words(told: Told): string {
  const { term, competence } = told;
  if (competence === '') return `${quoted(term)} of your profile${found(told)}`;
  if (term === '' || term.toLowerCase() === competence.toLowerCase())
    return `The name of your competence ${quoted(competence)}${found(told)}`;
  return `${quoted(term)} of your competence ${quoted(competence)}${found(told)}`;
}

const said = ({ kinds, ...told }: Told): string =>
  told.quote === null || !kinds.length
    ? 'The call'
    : `The text in ${namedParts(kinds, 'en')}${quote({ kinds, ...told })}`;

/** The term is the call's own word: nothing of the profile stands there. Without one it is the passage that a brought model finds nearest. */
function meaning(told: Told): string {
  const { term, competence, kinds } = told;
  const of = competence === '' ? 'your profile' : `your competence ${quoted(competence)}`;
  const what =
    term === '' || kinds.length === 0
      ? said(told)
      : `${quoted(term)}, in ${namedParts(kinds, 'en')}${quote(told)},`;
  return `${what} is close in meaning to ${of}`;
}

function verdict({ term, contribution }: Told): string {
  if (term === '') return 'The institute’s decisions on similar calls';
  return contribution < 0
    ? `You marked ${quoted(term)} “not for us”, and this call is similar`
    : `You found ${quoted(term)} relevant, and this call is similar`;
}

const percent = (share: number): string =>
  `${new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 }).format(100 * share)}%`;

function typeOfAction({ term, contribution, habit }: Told): string {
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
  told: (told) => {
    const sentences: Record<Told['part'], () => string> = {
      words: () => words(told),
      meaning: () => meaning(told),
      'past-projects': () => `${said(told)} is close to your project ${quoted(told.term)}`,
      programme: () => `You take part in the programme ${quoted(told.term)}`,
      editions: () => `An earlier edition of this call, ${quoted(told.term)}, was for you`,
      'types-of-action': () => typeOfAction(told),
      verdicts: () => verdict(told),
      reading: () => (told.reading ? readingSaid(told.reading, 'en') : 'A language model has read it'),
      addressees: () =>
        `It is aimed at ${ADDRESSEE_NAMES.en[told.term as Addressee]}, and research institutes rarely answer such calls`,
    };
    return `${sentences[told.part]()}: ${points(told.points, told.contribution)}.`;
  },
};
