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
  'mail.joining.asks': {
    en: '{name} asks to join the joint opportunity “{title}”',
    fr: '{name} demande à rejoindre le projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.joined': {
    en: 'Your institute has joined the joint opportunity “{title}”',
    fr: 'Votre institut a rejoint le projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.declined': {
    en: 'The members of the joint opportunity “{title}” declined your request to join',
    fr: 'Les membres du projet commun «\u00a0{title}\u00a0» ont décliné votre demande',
  },
  'mail.joining.says.asks': {
    en: 'Until an officer of one of its members accepts, it sees nothing of the joint opportunity. Once accepted, it sees what happens from then on, not what was there before.',
    fr: 'Tant qu’aucun chargé d’affaires d’un institut membre n’a accepté, il ne voit rien du projet commun. Une fois accepté, il voit ce qui s’y passe à partir de ce moment, et non ce qui précède.',
  },
  'mail.joining.says.joined': {
    en: 'You will find it in your pipeline. You see what happens there from now on, not what was there before.',
    fr: 'Vous le trouverez dans vos projets. Vous y voyez ce qui se passe à partir de maintenant, et non ce qui précède.',
  },
  'mail.joining.says.declined': {
    en: 'Your interest in the call is still visible to the network. To ask again, withdraw it and share it again.',
    fr: 'Votre intérêt pour l’appel reste visible dans le réseau. Pour demander à nouveau, retirez-le puis signalez-le de nouveau.',
  },
  'mail.joining.label.asks': { en: 'Accept or decline', fr: 'Accepter ou décliner' },
  'mail.joining.label.joined': { en: 'Open the joint opportunity', fr: 'Ouvrir le projet commun' },
  'mail.joining.label.declined': {
    en: 'Calls you are interested in',
    fr: 'Appels qui vous intéressent',
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
