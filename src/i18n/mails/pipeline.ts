import { messages } from '../message.js';

/** E-mails about people's own dates, and about comments that mention them. */
export const pipelineMails = messages({
  'mail.and-more': {
    en: '{first}, and {n} more',
    fr: '{first}, et {n, plural, one {{n} autre} other {{n} autres}}',
  },
  'mail.reminder.heading': { en: 'Your dates', fr: 'Vos dates' },
  'mail.reminder.intro': {
    en: 'In your pipeline:',
    fr: 'Dans vos projets\u00a0:',
  },
  'mail.reminder.milestone': {
    en: '{label}: {day} ({title})',
    fr: '{label}\u00a0: le {day} ({title})',
  },
  'mail.reminder.task': {
    en: '{label}: due {day} ({title})',
    fr: '{label}\u00a0: à faire pour le {day} ({title})',
  },
  'mail.reminder.moved': {
    en: 'The deadline moved to {day}: should your dates move too? ({title})',
    fr: 'La date limite a été déplacée au {day}\u00a0: faut-il décaler vos dates\u00a0? ({title})',
  },
  'mail.reminder.result': {
    en: 'The result was expected by {day}: is it known? ({title})',
    fr: 'Le résultat était attendu avant le {day}\u00a0: est-il connu\u00a0? ({title})',
  },
  'mail.reminder.contract': {
    en: 'The agreement was expected by {day}: is it signed? ({title})',
    fr: 'La convention était attendue avant le {day}\u00a0: est-elle signée\u00a0? ({title})',
  },
  'mail.pipeline-settings': {
    en: 'Choose which of these e-mails you get',
    fr: 'Choisir les e-mails que vous recevez sur vos projets',
  },
  'mail.mention.subject': {
    en: '{author} mentions you: {title}',
    fr: '{author} vous mentionne\u00a0: {title}',
  },
  'mail.mention.heading': {
    en: '{author} mentions you',
    fr: '{author} vous mentionne',
  },
  'mail.mention.says': {
    en: '{author} writes about “{title}”:',
    fr: '{author} écrit à propos de «\u00a0{title}\u00a0»\u00a0:',
  },
  'mail.mention.open': {
    en: 'See the comments',
    fr: 'Voir les commentaires',
  },
});
