import { messages } from '../message.js';

/** E-mails to institutes about joint activities in the network. */
export const togetherMails = messages({
  'mail.interest.heading': { en: 'News from the network', fr: 'Du nouveau dans le réseau' },
  'mail.interest.intro': {
    en: 'On calls you are interested in:',
    fr: 'Sur des appels qui vous intéressent\u00a0:',
  },
  'mail.interest.interest': {
    en: '{name} is interested in “{title}” too',
    fr: '{name} s’intéresse aussi à «\u00a0{title}\u00a0»',
  },
  'mail.interest.brings': {
    en: 'It could bring: {sentence}',
    fr: 'Apport possible\u00a0: {sentence}',
  },
  'mail.interest.joint': {
    en: 'A joint opportunity has been started for “{title}”',
    fr: 'Un projet commun a été lancé pour «\u00a0{title}\u00a0»',
  },
  'mail.interest.foot': {
    en: 'To stop these e-mails, untick “Tell me” on the page of your interest in the call.',
    fr: 'Pour ne plus recevoir ces e-mails, décochez «\u00a0Me prévenir\u00a0» sur la page de votre intérêt pour l’appel.',
  },
  'mail.paper.says': {
    en: 'The pack for the next meeting is ready. You can read it online, or download it as a Word or PDF file.',
    fr: 'Le dossier de la prochaine réunion est prêt. Vous pouvez le lire en ligne, ou le télécharger au format Word ou PDF.',
  },
  'mail.paper.label': {
    en: 'Read the pack',
    fr: 'Lire le dossier',
  },
  'mail.paper.by': {
    en: 'Sent by {by}, coordination of the Carnot network.',
    fr: 'Envoyé par {by}, coordination du réseau Carnot.',
  },
});
