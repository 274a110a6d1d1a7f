import { messages } from '../message.js';

/** E-mails to those who stay when somebody has left or lost a role. */
export const departureMail = messages({
  'mail.departure.label': {
    en: 'Open the team page',
    fr: 'Ouvrir la page de l’équipe',
  },
  'mail.departure.subject.left': {
    en: '{person} was removed{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: 'Accès de {person} retiré{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.subject.role': {
    en: '{person} has a new role{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: 'Rôle de {person} modifié{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.says.left': {
    en: '{by} removed {person} ({institute}).',
    fr: '{by} a retiré l’accès de {person} ({institute}).',
  },
  'mail.departure.says.role': {
    en: '{by} changed the role of {person} ({institute}).',
    fr: '{by} a modifié le rôle de {person} ({institute}).',
  },
  'mail.departure.operator': {
    en: 'The operator of carnot-europe',
    fr: 'L’exploitant de carnot-europe',
  },
  'mail.departure.network': {
    en: 'coordination of the network',
    fr: 'coordination du réseau',
  },
  'mail.departure.ended': {
    en: 'What they had created no longer works:',
    fr: 'Ce que cette personne avait créé ne fonctionne plus\u00a0:',
  },
  'mail.departure.again': {
    en: 'If someone still uses one of these, create a new one.',
    fr: 'Si quelqu’un s’en sert encore, créez-en de nouveaux.',
  },
  'mail.departure.serviceKeys': {
    en: 'Service keys: {names}',
    fr: 'Clés de service\u00a0: {names}',
  },
  'mail.departure.feeds': {
    en: 'Links for Excel: {names}',
    fr: 'Liens pour Excel\u00a0: {names}',
  },
  'mail.departure.calendars': {
    en: 'Calendars: {names}',
    fr: 'Agendas\u00a0: {names}',
  },
  'mail.departure.channels': {
    en: 'The institute’s channels stay active: {names}. On the page “Notification channels”, remove those you do not know.',
    fr: 'Les canaux de l’institut restent actifs\u00a0: {names}. Retirez sur la page «\u00a0Canaux de notification\u00a0» ceux que vous ne connaissez pas.',
  },
});
