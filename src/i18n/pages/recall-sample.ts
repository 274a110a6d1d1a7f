import { messages } from '../message.js';

/** Calls not sent to an institute, about which it is asked. */
export const recallSample = messages({
  'recall-sample.title': { en: 'Should we have told you?', fr: 'Aurions-nous dû vous prévenir\u00a0?' },
  'recall-sample.lead': {
    en: 'These calls are open, but we did not announce them because they match your profile too little. Once a month we pick ten of them: five that nearly matched, five from the rest. Your answers show how much we miss, and teach us what matters to you.',
    fr: 'Ces appels sont ouverts et ne vous ont pas été annoncés, car ils correspondent trop peu à votre profil. Chaque mois, nous en tirons dix au sort\u00a0: cinq parmi les plus proches du seuil, cinq parmi les autres. Vos réponses montrent ce qui nous échappe et nous apprennent ce qui compte pour vous.',
  },
  'recall-sample.recall': {
    en: 'Going by your answers so far, about {rate, number, percent} of the calls you wanted were announced to you (probably between {low, number, percent} and {high, number, percent}).',
    fr: 'D’après vos réponses jusqu’ici, environ {rate, number, percent} des appels qui vous intéressaient vous ont été annoncés (sans doute entre {low, number, percent} et {high, number, percent}).',
  },
  'recall-sample.none': { en: 'Nothing to ask yet', fr: 'Rien à vous demander pour l’instant' },
  'recall-sample.none-says': {
    en: 'The first ten calls come at the beginning of the month after your first decision.',
    fr: 'Les dix premiers appels arrivent au début du mois qui suit votre premier tri.',
  },
  'recall-sample.waiting': {
    en: '{n, plural, one {# call was not announced to you. Should it have been?} other {# calls were not announced to you. Should any have been?}}',
    fr: '{n, plural, one {# appel ne vous a pas été annoncé. Aurait-il dû l’être\u00a0?} other {# appels ne vous ont pas été annoncés. Certains auraient-ils dû l’être\u00a0?}}',
  },
});
