import { ACTION_NAMES, type ActionShort } from '../../../../calls/domain/action-code.js';
import { ADDRESSEE_NAMES, type Addressee } from '../../../../calls/domain/addressee.js';
import { namedParts } from './call-parts.js';
import type { ReasonText, Told } from './reason-text.js';
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

const quote = (told: Told): string => (told.quote === null ? '' : ` (${quoted(told.quote)})`);
const found = (told: Told): string =>
  told.count === 0
    ? ''
    : `${NB}: trouvé ${told.atLeast ? 'au moins ' : ''}${told.count}${NB}fois, dans ${namedParts(told.kinds, 'fr')}${quote(told)}`;

function words(told: Told): string {
  const { term, competence } = told;
  if (competence === '') return `${quoted(term)} de votre profil${found(told)}`;
  if (term === '' || term.toLowerCase() === competence.toLowerCase())
    return `L’intitulé de votre compétence ${quoted(competence)}${found(told)}`;
  return `${quoted(term)} de votre compétence ${quoted(competence)}${found(told)}`;
}

const said = (told: Told): string =>
  told.quote === null || !told.kinds.length
    ? 'L’appel'
    : `Le texte dans ${namedParts(told.kinds, 'fr')}${quote(told)}`;

/** The term is the call's own word: nothing of the profile stands there. Without one it is the passage that a brought model finds nearest. */
function meaning(told: Told): string {
  const { term, competence, kinds } = told;
  const of = competence === '' ? 'votre profil' : `votre compétence ${quoted(competence)}`;
  const what =
    term === '' || kinds.length === 0
      ? said(told)
      : `${quoted(term)}, dans ${namedParts(kinds, 'fr')}${quote(told)},`;
  return `${what} est proche, par le sens, de ${of}`;
}

function verdict({ term, contribution }: Told): string {
  if (term === '') return 'Les décisions de l’institut sur des appels semblables';
  const call = quoted(term);
  return contribution < 0
    ? `Vous avez classé ${call} «${NB}non retenu${NB}», et cet appel lui ressemble`
    : `Vous avez jugé ${call} pertinent, et cet appel lui ressemble`;
}

const percent = (share: number): string =>
  `${new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 2 }).format(100 * share)}${NB}%`;

function typeOfAction({ term, contribution, habit }: Told): string {
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
  told: (told) => {
    const sentences: Record<Told['part'], () => string> = {
      words: () => words(told),
      meaning: () => meaning(told),
      'past-projects': () => `${said(told)} est proche de votre projet ${quoted(told.term)}`,
      programme: () => `Vous participez au programme ${quoted(told.term)}`,
      editions: () => `Une édition précédente de cet appel, ${quoted(told.term)}, vous concernait`,
      'types-of-action': () => typeOfAction(told),
      verdicts: () => verdict(told),
      reading: () => (told.reading ? readingSaid(told.reading, 'fr') : 'Un modèle de langue l’a lu'),
      addressees: () =>
        `Il s’adresse ${ADDRESSEE_NAMES.fr[told.term as Addressee]}, et les instituts de recherche y répondent rarement`,
    };
    return `${sentences[told.part]()}${NB}: ${points(told.points, told.contribution)}.`;
  },
};
