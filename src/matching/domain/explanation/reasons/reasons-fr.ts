import {
  ACTION_NAMES,
  type ActionShort,
  ADDRESSEE_NAMES,
  type Addressee,
} from '../../../../calls/domain/index.js';
import { namedParts } from './call-parts.js';
import type { ReasonText, ReasonDetails } from './reason-text.js';
import { readingSaid } from './reading-sentence.js';

/** The no-break space that French wants before : and inside «». */
const NB = '\u00a0';
const MINUS = '\u2212';
const quoted = (text: string): string => `«${NB}${text}${NB}»`;

/** Zero and one are singular in French. */
function points(whole: number, exact: number): string {
  if (whole === 0) return exact > 0 ? 'moins d’un point' : `0${NB}point`;
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole)}${NB}${Math.abs(whole) < 2 ? 'point' : 'points'}`;
}

const quote = (details: ReasonDetails): string =>
  details.quote === null ? '' : ` (${quoted(details.quote)})`;
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

const said = (details: ReasonDetails): string =>
  details.quote === null || !details.kinds.length
    ? 'L’appel'
    : `Le texte dans ${namedParts(details.kinds, 'fr')}${quote(details)}`;

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

function verdict({ term, contribution }: ReasonDetails): string {
  if (term === '') return 'Les décisions de l’institut sur des appels semblables';
  const call = quoted(term);
  return contribution < 0
    ? `Vous avez classé ${call} «${NB}non retenu${NB}», et cet appel lui ressemble`
    : `Vous avez jugé ${call} pertinent, et cet appel lui ressemble`;
}

const percent = (share: number): string =>
  `${new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 2 }).format(100 * share)}${NB}%`;

function typeOfAction({ term, contribution, habit }: ReasonDetails): string {
  const often = `Votre institut participe ${contribution < 0 ? 'moins souvent' : 'plus souvent'} que la moyenne à des ${ACTION_NAMES.fr[term as ActionShort]}`;
  return habit
    ? `${often} (${habit.own} de ses ${habit.of}${NB}projets de type connu, ${percent(habit.own / habit.of)}, contre ${percent(habit.usual)} de tous les projets)`
    : often;
}

/** Why a call fits, in French. */
export const REASONS_FR: ReasonText = {
  points,
  rest: (count, whole, exact) =>
    `${count === 1 ? 'Et une autre raison, plus petite' : `Et ${count}${NB}autres raisons, plus petites`}${NB}: ${points(whole, exact)}.`,
  sentence: (details) => {
    const sentences: Record<ReasonDetails['part'], () => string> = {
      words: () => words(details),
      meaning: () => meaning(details),
      'past-projects': () => `${said(details)} est proche de votre projet ${quoted(details.term)}`,
      programme: () => `Vous participez au programme ${quoted(details.term)}`,
      editions: () => `Une édition précédente de cet appel, ${quoted(details.term)}, vous concernait`,
      'types-of-action': () => typeOfAction(details),
      verdicts: () => verdict(details),
      reading: () => (details.reading ? readingSaid(details.reading, 'fr') : 'Un modèle de langue l’a lu'),
      addressees: () =>
        `Il s’adresse ${ADDRESSEE_NAMES.fr[details.term as Addressee]}, et les instituts de recherche y répondent rarement`,
    };
    return `${sentences[details.part]()}${NB}: ${points(details.points, details.contribution)}.`;
  },
};
