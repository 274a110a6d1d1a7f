import { messages } from '../message.js';

/** E-mails to people who receive calls, and to those responsible for them. */
export const recipientMails = messages({
  'mail.contact-change.subject': {
    en: 'Recipients of {institute}: a change needs your approval',
    fr: 'Destinataires {institute}\u00a0: un changement attend votre accord',
  },
  'mail.contact-change.label': {
    en: 'See the change',
    fr: 'Voir le changement',
  },
  'mail.contact-change.says': {
    en: '{by} wants to change who receives the e-mails of {institute}.',
    fr: '{by} souhaite modifier les destinataires des e-mails {institute}.',
  },
  'mail.contact-change.file': {
    en: 'The configuration file',
    fr: 'Le fichier de configuration',
  },
  'mail.contact-change.added': {
    en: 'To add: {names}',
    fr: 'À ajouter\u00a0: {names}',
  },
  'mail.contact-change.gone': {
    en: 'To remove: {names}',
    fr: 'À retirer\u00a0: {names}',
  },
  'mail.contact-change.until': {
    en: 'Nothing changes until an officer of the institute accepts:',
    fr: 'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte\u00a0:',
  },
  'mail.confirmation.subject': {
    en: 'Confirm your address for {institute}',
    fr: 'Confirmez votre adresse pour {institute}',
  },
  'mail.confirmation.label': {
    en: 'Confirm my address',
    fr: 'Confirmer mon adresse',
  },
  'mail.confirmation.given': {
    en: 'Your address was given as a recipient of the European calls that fit {institute}.',
    fr: 'Votre adresse a été indiquée comme destinataire des appels européens qui correspondent {institute}.',
  },
  'mail.confirmation.open': {
    en: 'To receive them, open this link, then press the button on the page:',
    fr: 'Pour les recevoir, ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.confirmation.days': {
    en: 'The link is valid for {days} days.',
    fr: 'Le lien est valable {days} jours.',
  },
  'mail.confirmation.else': {
    en: 'If you are not interested, do nothing: without the button, no calls are sent to you.',
    fr: 'Si vous ne souhaitez rien recevoir, ne faites rien\u00a0: sans le bouton, aucun appel ne vous est envoyé.',
  },
  'mail.settings.subject': {
    en: 'Your link to “Notification settings”',
    fr: 'Votre lien vers «\u00a0Réglages des notifications\u00a0»',
  },
  'mail.settings.nobody': {
    en: 'Hello,',
    fr: 'Bonjour,',
  },
  'mail.settings.label': {
    en: 'Open notification settings',
    fr: 'Ouvrir les réglages',
  },
  'mail.settings.asked': {
    en: 'You asked for a new link to the notification settings of carnot-europe, since the previous one had expired. Here it is:',
    fr: 'Vous avez demandé un nouveau lien vers les réglages des notifications de carnot-europe, car le précédent avait expiré. Le voici\u00a0:',
  },
  'mail.settings.days': {
    en: 'It works for {days} days, without signing in: do not forward it.',
    fr: 'Il est valable {days} jours, sans connexion\u00a0: ne le transmettez à personne.',
  },
  'mail.settings.not-you': {
    en: 'If you did not ask for it, do nothing: nothing has changed.',
    fr: 'Si vous n’avez rien demandé, ne faites rien\u00a0: rien n’a changé.',
  },
});
