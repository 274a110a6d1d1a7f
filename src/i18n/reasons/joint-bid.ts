import { messages } from '../message.js';

/** How the institutes of a joint bid cover a call, and which partners they lack. */
export const bidSentences = messages({
  'bid-says.no-statement': {
    en: 'The text of the call does not say point by point what it expects.',
    fr: 'Le texte de l’appel ne dit pas point par point ce qu’il attend.',
  },
  'bid-says.no-team': {
    en: 'By the words of the profiles, no institute answers {what}.',
    fr: 'D’après les mots des profils, aucun institut ne répond {what}.',
  },
  'bid-says.team': {
    en: '{names} {n, plural, one {alone answers} other {together answer}} {what} {level, select, well {well} other {in part}}.',
    fr: '{n, plural, one {À lui seul, {names} répond} other {Ensemble, {names} répondent}} {level, select, well {bien} other {en partie}} {what}.',
  },
  'bid-says.share.one': {
    en: '{named, select, outcomes {the one expected outcome} other {the one thing that the call asks for}}',
    fr: '{named, select, outcomes {au seul résultat attendu} other {au seul point demandé}}',
  },
  'bid-says.share.some': {
    en: '{answered} of the {all} {named, select, outcomes {expected outcomes} other {things that the call asks for}}',
    fr: 'à {answered} des {all} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.share.all': {
    en: '{all, plural, =2 {both} other {all {all}}} {named, select, outcomes {expected outcomes} other {things that the call asks for}}',
    fr: '{all, plural, =2 {aux deux} other {aux {all}}} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.share.any': {
    en: 'any of the {all} {named, select, outcomes {expected outcomes} other {things that the call asks for}}',
    fr: 'à l’un des {all} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.fit': {
    en: 'Through its competence “{name}”{terms, select, none {} other {: {terms}}}.',
    fr: 'Par sa compétence «\u00a0{name}\u00a0»{terms, select, none {} other {\u00a0: {terms}}}.',
  },
  'bid-says.left-out': {
    en: '{name} ranks first for the call as a whole; by the words of its profile it answers no point well that the team does not.',
    fr: '{name} est premier pour l’appel dans son ensemble\u00a0; d’après les mots de son profil, il ne répond bien à aucun point de plus que l’équipe.',
  },
  'bid-says.partner': {
    en: 'Partner to find for “{what}”.{near, select, none {} other { Nearest: {near} ({terms}).}}',
    fr: 'Partenaire à trouver pour «\u00a0{what}\u00a0».{near, select, none {} other { Le plus proche\u00a0: {near} ({terms}).}}',
  },
});
