import { messages } from '../message.js';

/** Texts shared by all reasons. Each signal's own text is in its folder. */
export const reasons = messages({
  'reason.points': {
    en: '{minus}{n, plural, one {{n} point} other {{n} points}}',
    fr: '{minus}{n, plural, one {{n}\u00a0point} other {{n}\u00a0points}}',
  },
  'reason.points.less': {
    en: 'less than 1 point',
    fr: 'moins d’un point',
  },
  'reason.points.none': {
    en: '0 points',
    fr: '0\u00a0point',
  },
  'reason.told': {
    en: '{says}: {points}.',
    fr: '{says}\u00a0: {points}.',
  },
  'reason.rest': {
    en: '{n, plural, =1 {And a smaller one} other {And {n} smaller ones}}: {points}.',
    fr: '{n, plural, =1 {Et une autre raison, plus petite} other {Et {n}\u00a0autres raisons, plus petites}}\u00a0: {points}.',
  },
  'reason.fits': {
    en: 'Fits {whose, select, yours {your} other {its}} competence “{competence}”: it mentions {n, plural, other {{terms}}}{also}.',
    fr: 'Correspond à {whose, select, yours {votre} other {sa}} compétence «\u00a0{competence}\u00a0» {n, plural, =1 {par le terme {terms}} other {par les termes {terms}}}{also}.',
  },
  'reason.fits.term': {
    en: '{term}',
    fr: '«\u00a0{term}\u00a0»',
  },
  'reason.fits.other': {
    en: '“{competence}”',
    fr: '«\u00a0{competence}\u00a0»',
  },
  'reason.fits.also': {
    en: '; it also fits {others}',
    fr: '\u00a0; il correspond aussi à {others}',
  },
  'reason.none': {
    en: 'No word of your profile was found in it.',
    fr: 'Aucun mot de votre profil n’y a été trouvé.',
  },
  'reason.section.title': {
    en: 'the title',
    fr: 'le titre',
  },
  'reason.section.keywords': {
    en: 'the keywords',
    fr: 'les mots-clés',
  },
  'reason.section.callTitle': {
    en: 'the title of its call',
    fr: 'l’intitulé de l’appel',
  },
  'reason.section.destination': {
    en: 'the destination',
    fr: 'la destination',
  },
  'reason.section.parentTopic': {
    en: 'the title of the topic that funded its project',
    fr: 'l’intitulé du sujet au titre duquel son projet est financé',
  },
  'reason.section.project': {
    en: 'the name of the project that runs it',
    fr: 'le nom du projet organisateur',
  },
  'reason.section.summary': {
    en: 'the summary',
    fr: 'le résumé',
  },
  'reason.section.expected-outcome': {
    en: 'the expected outcomes',
    fr: 'les résultats attendus',
  },
  'reason.section.scope': {
    en: 'the scope',
    fr: 'le périmètre',
  },
  'reason.section.objective': {
    en: 'the objective',
    fr: 'l’objectif',
  },
  'reason.section.expected-impact': {
    en: 'the expected impact',
    fr: 'les impacts attendus',
  },
  'reason.section.specific-challenge': {
    en: 'the challenge',
    fr: 'le défi à relever',
  },
  'reason.section.conditions': {
    en: 'the conditions',
    fr: 'les conditions',
  },
  'reason.section.other': {
    en: 'the further text',
    fr: 'le reste du texte',
  },
  'reason.read.wanted': {
    en: 'Read by {model} on {day}',
    fr: 'Lu par {model} le {day}',
  },
  'reason.read.partly': {
    en: 'Read by {model} on {day} and found to concern the institute in part',
    fr: 'Lu par {model} le {day}, qui y voit un intérêt partiel pour l’institut',
  },
  'reason.read.not': {
    en: 'Read by {model} on {day} and found not to be for the institute',
    fr: 'Lu par {model} le {day}, qui l’estime hors sujet pour l’institut',
  },
  'reason.read.says': {
    en: '{found}: {said}',
    fr: '{found}\u00a0: {said}',
  },
  'reason.read.foreign': {
    en: '{said} (in French)',
    fr: '{said} (en anglais)',
  },
  'reason.read.quote': {
    en: '{said} (“{quote}”)',
    fr: '{said} («\u00a0{quote}\u00a0»)',
  },
});
