import { messages } from '../message.js';

/** Texts about the calls, deadlines, answers and sources in a notification. */
export const messageItems = messages({
  'message.badge.fresh': {
    en: 'New',
    fr: 'Nouveau',
  },
  'message.badge.changed': {
    en: 'Changed',
    fr: 'Modifié',
  },
  'message.badge.baseline': {
    en: 'Not announced before',
    fr: 'Pas encore annoncé',
  },
  'message.urgency.brought-forward': {
    en: 'Deadline brought forward',
    fr: 'Échéance avancée',
  },
  'message.urgency.extended-late': {
    en: 'Extended late',
    fr: 'Prolongé au dernier moment',
  },
  'message.urgency.withdrawn': {
    en: 'Withdrawn',
    fr: 'Retiré',
  },
  'message.days': {
    en: '{n, plural, =0 {today} =1 {tomorrow} other {in {n} days}}',
    fr: '{n, plural, =0 {aujourd’hui} =1 {demain} other {dans {n}\u00a0jours}}',
  },
  'message.closes-in': {
    en: 'Closes {days}',
    fr: 'Clôture {days}',
  },
  'message.addressed': {
    en: 'It is mainly for {to}.',
    fr: 'Il s’adresse surtout {to}.',
  },
  'message.topics': {
    en: '{n, plural, one {{n} topic} other {{n} topics}} of call {call}',
    fr: '{n, plural, one {{n}\u00a0sujet} other {{n}\u00a0sujets}} de l’appel {call}',
  },
  'message.changes': {
    en: 'What has changed',
    fr: 'Ce qui a changé',
  },
  'message.rest': {
    en: 'All differences are on its page',
    fr: 'Toutes les différences sont sur sa page',
  },
  'message.fits': {
    en: 'Fits {name}: {points} out of 100 ({band})',
    fr: 'Correspond {name}\u00a0: {points} sur 100 ({band})',
  },
  'message.score': {
    en: 'Score: {points} out of 100 ({band})',
    fr: 'Score\u00a0: {points} sur 100 ({band})',
  },
  'message.fits-also': {
    en: 'Also fits: {others}',
    fr: 'Correspond aussi à\u00a0: {others}',
  },
  'message.fits-also.more': {
    en: 'Also fits: {others} and {n} more',
    fr: 'Correspond aussi à\u00a0: {others} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.because': {
    en: 'Because you follow {all}',
    fr: 'Parce que vous suivez {all}',
  },
  'message.competence': {
    en: 'competence “{name}”',
    fr: 'compétence «\u00a0{name}\u00a0»',
  },
  'message.and-more': {
    en: '{n} more',
    fr: '{n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.followed.group': {
    en: 'the group {name}',
    fr: 'le groupe {name}',
  },
  'message.followed.group-through': {
    en: 'the group {name} (through {through})',
    fr: 'le groupe {name} (via {through})',
  },
  'message.followed.this-call': {
    en: 'this call',
    fr: 'cet appel',
  },
  'message.followed.call': {
    en: 'the call “{name}”',
    fr: 'l’appel «\u00a0{name}\u00a0»',
  },
  'message.followed.search': {
    en: 'the search “{name}”',
    fr: 'la recherche «\u00a0{name}\u00a0»',
  },
  'message.open-call': {
    en: 'Open in Carnot Europe',
    fr: 'Ouvrir dans Carnot Europe',
  },
  'message.source-page': {
    en: 'Official page',
    fr: 'Page officielle',
  },
  'message.opened': {
    en: 'Now open',
    fr: 'Ouverts maintenant',
  },
  'message.deadlines': {
    en: 'Upcoming deadlines',
    fr: 'Échéances proches',
  },
  'message.deadlines.more': {
    en: 'And {n, plural, one {{n} more deadline} other {{n} more deadlines}}',
    fr: 'Et {n, plural, one {{n}\u00a0autre échéance} other {{n}\u00a0autres échéances}}',
  },
  'message.answers': {
    en: 'Answers from researchers',
    fr: 'Réponses de chercheurs',
  },
  'message.answers.interested': {
    en: '{name} is interested',
    fr: '{name}\u00a0: cela m’intéresse',
  },
  'message.answers.not-for-me': {
    en: '{name}: not for me',
    fr: '{name}\u00a0: pas pour moi',
  },
  'message.answers.ask-other': {
    en: '{name} suggests asking someone else',
    fr: '{name} propose de voir avec quelqu’un d’autre',
  },
  'message.answers.asked': {
    en: 'asked by {profile}',
    fr: 'demande {profile}',
  },
  'message.partners': {
    en: 'New partner searches',
    fr: 'Nouvelles recherches de partenaires',
  },
  'message.partners.offer': {
    en: 'Offer',
    fr: 'Offre',
  },
  'message.partners.request': {
    en: 'Request',
    fr: 'Demande',
  },
  'message.troubles': {
    en: 'Sources in trouble',
    fr: 'Sources en difficulté',
  },
  'message.troubles.since': {
    en: '{name}, since {date}',
    fr: '{name}, depuis le {date}',
  },
  'message.coming': {
    en: 'Opening soon',
    fr: 'Ouverture prochaine',
  },
  'message.glance': {
    en: 'Also published, at a glance',
    fr: 'Également publiés, en un coup d’œil',
  },
  'message.asked.says': {
    en: 'Look at {n, plural, one {# open call} other {# open calls}} that we did not announce: your answers show how much we miss',
    fr: 'Jetez un œil à {n, plural, one {# appel ouvert que nous n’avons pas annoncé} other {# appels ouverts que nous n’avons pas annoncés}}\u00a0: vos réponses montrent ce qui nous échappe',
  },
  'message.asked.look': { en: 'Answer', fr: 'Répondre' },
});
