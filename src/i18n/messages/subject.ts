import { messages } from '../message.js';

/** Notification subjects and the counts in them. */
export const messageSubjects = messages({
  'message.count.fresh': {
    en: '{n, plural, one {{n} new call} other {{n} new calls}}',
    fr: '{n, plural, one {{n}\u00a0nouvel appel} other {{n}\u00a0nouveaux appels}}',
  },
  'message.count.changed': {
    en: '{n, plural, one {{n} change} other {{n} changes}}',
    fr: '{n, plural, one {{n}\u00a0modification} other {{n}\u00a0modifications}}',
  },
  'message.count.opened': {
    en: '{n, plural, one {{n} call now open} other {{n} calls now open}}',
    fr: '{n, plural, one {{n}\u00a0appel désormais ouvert} other {{n}\u00a0appels désormais ouverts}}',
  },
  'message.count.baseline': {
    en: '{n, plural, one {{n} call not announced before} other {{n} calls not announced before}}',
    fr: '{n, plural, one {{n}\u00a0appel pas encore annoncé} other {{n}\u00a0appels pas encore annoncés}}',
  },
  'message.count.deadlines': {
    en: '{n, plural, one {{n} upcoming deadline} other {{n} upcoming deadlines}}',
    fr: '{n, plural, one {{n}\u00a0échéance proche} other {{n}\u00a0échéances proches}}',
  },
  'message.count.answers': {
    en: '{n, plural, one {{n} answer} other {{n} answers}}',
    fr: '{n, plural, one {{n}\u00a0réponse} other {{n}\u00a0réponses}}',
  },
  'message.count.troubles': {
    en: '{n, plural, one {{n} source in trouble} other {{n} sources in trouble}}',
    fr: '{n, plural, one {{n}\u00a0source en difficulté} other {{n}\u00a0sources en difficulté}}',
  },
  'message.count.partners': {
    en: '{n, plural, one {{n} new partner search} other {{n} new partner searches}}',
    fr: '{n, plural, one {{n}\u00a0nouvelle recherche de partenaires} other {{n}\u00a0nouvelles recherches de partenaires}}',
  },
  'message.following': {
    en: '{name} and {n, plural, one {{n} other} other {{n} others}}',
    fr: '{name} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.subject.line': {
    en: 'Carnot Europe: {what}',
    fr: 'Carnot Europe\u00a0: {what}',
  },
  'message.subject.for': {
    en: '{line} for {whose}',
    fr: '{line} pour {whose}',
  },
  'message.subject.next': {
    en: '{line}, next deadline {deadline}',
    fr: '{line}, prochaine échéance le {deadline}',
  },
  'message.subject.first': {
    en: 'your {n, plural, =1 {best open call now} =10 {ten best open calls now} other {{n} best open calls now}}',
    fr: '{n, plural, =1 {votre meilleur appel ouvert en ce moment} =10 {vos dix meilleurs appels ouverts en ce moment} other {vos {n} meilleurs appels ouverts en ce moment}}',
  },
  'message.subject.others': {
    en: '{title} and {n, plural, one {{n} more open call} other {{n} more open calls}}',
    fr: '{title} et {n, plural, one {{n}\u00a0autre appel ouvert} other {{n}\u00a0autres appels ouverts}}',
  },
  'message.subject.nothing-fits': {
    en: 'no open call that fits at the moment',
    fr: 'aucun appel ouvert ne correspond en ce moment',
  },
  'message.subject.more': {
    en: '{title} and {n} more',
    fr: '{title} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.subject.closes': {
    en: 'closes {date}',
    fr: 'clôture le {date}',
  },
  'message.subject.now': {
    en: 'now {date}',
    fr: 'désormais le {date}',
  },
  'message.heading.first': {
    en: 'Your {n, plural, =1 {best open call now} =10 {ten best open calls now} other {{n} best open calls now}}',
    fr: '{n, plural, =1 {Votre meilleur appel ouvert en ce moment} =10 {Vos dix meilleurs appels ouverts en ce moment} other {Vos {n} meilleurs appels ouverts en ce moment}}',
  },
  'message.heading.nothing-fits': {
    en: 'No open call fits at the moment',
    fr: 'Aucun appel ouvert ne correspond en ce moment',
  },
});
