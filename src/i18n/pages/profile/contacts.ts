import { messages } from '../../message.js';

/** The recipients of an institute's e-mails, and how they opt in. */
export const contacts = messages({
  'profile.contacts': { en: 'E-mail recipients', fr: 'Destinataires des e-mails' },
  'profile.contacts.help': {
    en: 'They receive the digest of new and changed calls. Anyone can stop it with one click.',
    fr: 'Ils reçoivent le récapitulatif des appels nouveaux ou modifiés. Chacun peut l’arrêter d’un clic.',
  },
  'profile.contacts.none': { en: 'Nobody yet.', fr: 'Personne pour l’instant.' },
  'contacts.title': { en: 'Recipients to check', fr: 'Destinataires à vérifier' },
  'contacts.unconfirmed': {
    en: 'has not confirmed the address yet',
    fr: 'n’a pas encore confirmé l’adresse',
  },
  'contacts.outside': {
    en: 'receives the calls, but nothing internal to the institute',
    fr: 'reçoit les appels, mais rien de ce qui reste à l’institut',
  },
  'contacts.resend': { en: 'Send the confirmation again', fr: 'Renvoyer la demande de confirmation' },
  'contacts.admit': {
    en: 'Let them see answers and decisions',
    fr: 'Autoriser les réponses et les décisions',
  },
  'contacts.change': { en: '{by} wants these recipients:', fr: '{by} souhaite ces destinataires :' },
  'contacts.change.file': { en: 'The file on the server', fr: 'Le fichier du serveur' },
  'contacts.change.nobody': { en: 'nobody', fr: 'personne' },
  'contacts.change.says': {
    en: 'Nothing changes until an officer of the institute accepts.',
    fr: 'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte.',
  },
  'contacts.accept': { en: 'Accept', fr: 'Accepter' },
  'contacts.decline': { en: 'Decline', fr: 'Refuser' },
  'contacts.take-back': { en: 'Take back', fr: 'Annuler la demande' },
  'contacts.link.title': { en: 'Confirm your address', fr: 'Confirmer votre adresse' },
  'contacts.link.says': {
    en: '{name}, you have been named as a recipient of the European calls that fit {institute}.',
    fr: '{name}, votre adresse a été indiquée pour recevoir les appels européens qui correspondent {institute}.',
  },
  'contacts.link.button': { en: 'Yes, send them to me', fr: 'Oui, envoyez-les-moi' },
  'contacts.link.done': {
    en: 'Your address is confirmed. Every e-mail has a link to choose what you receive, or to stop.',
    fr: 'Votre adresse est confirmée. Chaque e-mail comporte un lien pour choisir ce que vous recevez, et pour arrêter.',
  },
  'contacts.link.dead': { en: 'This link no longer works', fr: 'Ce lien ne fonctionne plus' },
  'contacts.link.dead-says': {
    en: 'It has expired, a newer one was sent, or your address is no longer listed. Ask the institute to send the confirmation again.',
    fr: 'Il a expiré, un plus récent a été envoyé, ou votre adresse n’est plus indiquée. Demandez à l’institut de renvoyer la demande de confirmation.',
  },
  'flash.asked-again': {
    en: 'The confirmation is on its way.',
    fr: 'La demande de confirmation est en route.',
  },
  'flash.contacts-wait': {
    en: 'Saved. The recipients stay the same until an officer of the institute accepts the change.',
    fr: 'Enregistré. Les destinataires restent les mêmes tant qu’un chargé d’affaires de l’institut n’a pas accepté le changement.',
  },
  'profile.contact.new': { en: 'New recipient', fr: 'Nouveau destinataire' },
  'profile.contact.name': { en: 'Name', fr: 'Nom' },
  'profile.contact.email': { en: 'Address', fr: 'Adresse' },
  'profile.contact.language': { en: 'Language', fr: 'Langue' },
  'profile.add-contact': { en: 'Add a recipient', fr: 'Ajouter un destinataire' },
  'profile.remove-contact': { en: 'Remove {name}', fr: 'Retirer {name}' },
});
