import { messages } from '../message.js';

/** E-mails about passkeys added or removed. */
export const passkeyMails = messages({
  'mail.passkey.name': { en: '“{name}”', fr: '«\u00a0{name}\u00a0»' },
  'mail.passkey.operator': { en: 'The operator of this service', fr: 'L’exploitant du service' },
  'mail.passkey.subject.made': {
    en: 'New passkey for carnot-europe',
    fr: 'Nouvelle clé d’accès à carnot-europe',
  },
  'mail.passkey.subject.removed': {
    en: 'Passkey for carnot-europe removed',
    fr: 'Clé d’accès à carnot-europe supprimée',
  },
  'mail.passkey.label': { en: 'Open my account', fr: 'Voir mon compte' },
  'mail.passkey.made': {
    en: 'The passkey {names} was added to your carnot-europe account. You will be asked for it whenever you sign in.',
    fr: 'La clé d’accès {names} a été ajoutée à votre compte carnot-europe. Elle vous sera demandée à chaque connexion.',
  },
  'mail.passkey.removed': {
    en: 'The passkey {names} was removed from your carnot-europe account.',
    fr: 'La clé d’accès {names} de votre compte carnot-europe a été supprimée.',
  },
  'mail.passkey.removed-by': {
    en: '{who} removed your passkeys for carnot-europe ({names}). You were signed out everywhere: sign in again, then create a new passkey.',
    fr: '{who} a supprimé vos clés d’accès à carnot-europe ({names}). Toutes vos sessions ont été fermées\u00a0: reconnectez-vous, puis créez une nouvelle clé d’accès.',
  },
  'mail.passkey.not-you': {
    en: 'If you did not expect this, tell the network’s coordinator right away.',
    fr: 'Si vous n’êtes pas à l’origine de ce changement, prévenez sans attendre la coordination du réseau.',
  },
});
