import { messages } from '../../message.js';

/** Suggested profile changes, and warnings when one is saved. */
export const suggestions = messages({
  'suggestion.answer-as': {
    en: 'Say in your preferences that you answer calls aimed at {to}',
    fr: 'Indiquer dans vos préférences que vous répondez aux appels qui s’adressent {to}',
  },
  'suggestion.add-keyword': {
    en: 'Add the {n, plural, one {keyword} other {keywords}} {words} to the competence {competence}',
    fr: 'Ajouter {n, plural, one {le mot-clé} other {les mots-clés}} {words} à la compétence {competence}',
  },
  'suggestion.remove-exclusion': {
    en: 'Remove the {n, plural, one {exclusion} other {exclusions}} {words} from the competence {competence}',
    fr: 'Retirer {n, plural, one {l’exclusion} other {les exclusions}} {words} de la compétence {competence}',
  },
  'suggestion.raise-weight': {
    en: 'Raise the weight of the competence {competence} to {weight, number}',
    fr: 'Porter le poids de la compétence {competence} à {weight, number}',
  },
  'suggestion.adds': {
    en: '{what}; {n, plural, =0 {it would add no other call from the last 12 months} one {it would add {n} more call from the last 12 months} other {it would add {n} more calls from the last 12 months}}.',
    fr: '{what}\u00a0; {n, plural, =0 {aucun autre appel des 12 derniers mois ne s’ajouterait} one {{n}\u00a0autre appel des 12 derniers mois s’ajouterait} other {{n}\u00a0autres appels des 12 derniers mois s’ajouteraient}}.',
  },
  'warning.many-messages': {
    en: 'This profile would send about {n, number, tenths} messages a week, judging by {weeks, plural, =1 {the last week} other {the last {weeks} weeks}}: more than {most, number, tenths}. At that rate nobody reads them. Narrower keywords or a weekly digest reduce them.',
    fr: 'Ce profil enverrait environ {n, number, tenths} messages par semaine, d’après {weeks, plural, =1 {la dernière semaine} other {les {weeks} dernières semaines}}\u00a0: plus de {most, number, tenths}. À ce rythme, plus personne ne les lit. Des mots-clés plus précis, ou un récapitulatif hebdomadaire, en donnent moins.',
  },
});
