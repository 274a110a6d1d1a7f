import { messages } from '../../message.js';

/** Pages and a mail shown in every language, for readers whose language is unknown. */
export const forAnyone = messages({
  'anyone.unsubscribe': { en: 'Stop receiving these e-mails?', fr: 'Ne plus recevoir ces e-mails\u00a0?' },
  'anyone.unsubscribe.do': { en: 'Unsubscribe', fr: 'Se désabonner' },
  'anyone.unsubscribed': {
    en: 'You will no longer receive these e-mails.',
    fr: 'Vous ne recevrez plus ces e-mails.',
  },
  'anyone.unavailable': { en: 'Temporarily unavailable', fr: 'Service momentanément indisponible' },
  'anyone.unavailable.text': {
    en: 'The database is not responding. Try again in a moment.',
    fr: 'La base de données ne répond pas. Réessayez dans quelques instants.',
  },
  'anyone.busy': { en: 'The server is busy', fr: 'Le serveur est très sollicité' },
  'anyone.busy.text': { en: 'Try again in a moment.', fr: 'Réessayez dans un instant.' },
  'anyone.full': { en: 'No disk space left', fr: 'Espace disque épuisé' },
  'anyone.full.text': {
    en: 'Nothing was saved. Try again once the operator of this server has made room.',
    fr: 'Rien n’a été enregistré. Réessayez lorsque l’administrateur du serveur aura libéré de la place.',
  },
  'anyone.other-site': {
    en: 'This request comes from another site',
    fr: 'Cette demande vient d’un autre site',
  },
  'anyone.other-site.text': {
    en: 'Nothing was changed. Open the page here and try again.',
    fr: 'Rien n’a été modifié. Ouvrez la page ici et recommencez.',
  },
  'mail.test.subject': { en: 'test message', fr: 'carnot-europe\u00a0: message d’essai' },
  'mail.test.text': {
    en: 'This is a test message of carnot-europe ({url}). If you can read it, other messages will arrive too.',
    fr: 'Ceci est un message d’essai de carnot-europe ({url}). S’il est arrivé, les autres messages arriveront aussi.',
  },
});
