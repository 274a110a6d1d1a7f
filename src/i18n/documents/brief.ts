import { messages } from '../message.js';

/** A call on one page. */
export const briefTexts = messages({
  'brief.above': {
    en: 'Call in brief, for {institute}',
    fr: 'Appel en bref, pour {institute}',
  },
  'brief.purpose': {
    en: 'Purpose',
    fr: 'Objet',
  },
  'brief.who': {
    en: 'Who may apply',
    fr: 'Qui peut candidater',
  },
  'brief.why': {
    en: 'Why {institute}',
    fr: 'Pourquoi {institute}',
  },
  'brief.own-words': {
    en: 'In the words of the call ({language}), shortened.',
    fr: 'Dans les mots de l’appel ({language}), abrégés.',
  },
  'brief.translated': {
    en: 'Machine translation ({from} → {to}) by {model}, not reviewed. Only the text of the call is authoritative.',
    fr: 'Traduction automatique ({from} → {to}) par {model}, non relue. Seul le texte de l’appel fait foi.',
  },
  'brief.no-rule': {
    en: 'The call text states no rule of its own; the rules of the programme apply.',
    fr: 'Le texte de l’appel n’énonce pas de règle propre\u00a0; celles du programme s’appliquent.',
  },
  'brief.trl.from': {
    en: 'from {trl}',
    fr: 'à partir de {trl}',
  },
  'brief.trl.to': {
    en: 'up to {trl}',
    fr: 'jusqu’à {trl}',
  },
  'brief.page': {
    en: 'Call page',
    fr: 'Page de l’appel',
  },
  'brief.reason': {
    en: '{competence}: {terms}',
    fr: '{competence}\u00a0: {terms}',
  },
  'brief.passage': {
    en: 'The passage that fits best:',
    fr: 'L’extrait le plus proche\u00a0:',
  },
  'brief.foot': {
    en: 'Carnot Europe, {day}. The call page is authoritative.',
    fr: 'Carnot Europe, le {day}. La page de l’appel fait foi.',
  },
});
