import { messages } from '../message.js';

/** Why a call is or is not announced, as far as mails decide. */
export const whyNotOfMail = messages({
  'why-not.ready.unread': {
    en: 'No source has been read successfully yet: nothing is announced before that.',
    fr: 'Aucune source n’a encore été lue avec succès\u00a0: rien n’est annoncé avant.',
  },
  'why-not.ready.matched': {
    en: 'The profile has been matched with all known calls.',
    fr: 'Le profil a été comparé à tous les appels connus.',
  },
  'why-not.ready.matching': {
    en: 'The profile is being matched: e-mails wait for that.',
    fr: 'Les correspondances du profil sont en cours de calcul\u00a0: les e-mails attendent.',
  },
  'why-not.contact.none': {
    en: 'The institute has no recipient: nothing is sent to anyone.',
    fr: 'L’institut n’a pas de destinataire\u00a0: rien n’est annoncé à personne.',
  },
  'why-not.contact.unconfirmed': {
    en: 'No recipient has confirmed their address yet.',
    fr: 'Aucun destinataire n’a encore confirmé son adresse.',
  },
  'why-not.contact.stopped': {
    en: 'All recipients have stopped the e-mails.',
    fr: 'Tous les destinataires ont arrêté les e-mails.',
  },
  'why-not.contact.some': {
    en: 'At least one person receives the e-mails.',
    fr: 'Au moins une personne reçoit les e-mails.',
  },
  'why-not.first-mail.waiting': {
    en: 'The first e-mail has not been sent yet: it announces the best open calls, and digests start after it.',
    fr: 'Le premier e-mail n’est pas encore parti\u00a0: il annonce les meilleurs appels ouverts, et les récapitulatifs commencent ensuite.',
  },
  'why-not.first-mail.passed': {
    en: 'It is not waiting for the first e-mail.',
    fr: 'Il n’attend pas le premier e-mail.',
  },
  'why-not.announced.not': {
    en: 'It has not been sent, or has changed since.',
    fr: 'Il n’a pas été annoncé, ou il a changé depuis.',
  },
  'why-not.announced.sent': {
    en: 'It was sent to {name}{day, select, none {} other { on {day}}}, in the e-mail {notification}; it will be sent again if it changes.',
    fr: 'Il a été annoncé à {name}{day, select, none {} other { le {day}}}, dans l’e-mail {notification}\u00a0; il le sera de nouveau s’il change.',
  },
  'why-not.announced.waits': {
    en: 'It is in the e-mail {notification} to {name}, which is waiting to be sent.',
    fr: 'Il figure dans l’e-mail {notification} à {name}, qui attend de partir.',
  },
  'why-not.baseline.before': {
    en: 'It was already published when {name} received the first e-mail{day, select, none {} other { on {day}}}, and was not among the best calls announced then: only a change to it is announced.',
    fr: 'Il était déjà publié lors du premier e-mail à {name}{day, select, none {} other { le {day}}}, sans être parmi les meilleurs annoncés alors\u00a0: seule une modification sera annoncée.',
  },
  'why-not.baseline.after': {
    en: 'It was published after the first e-mail.',
    fr: 'Il a été publié après le premier e-mail.',
  },
  'why-not.rank.behind': {
    en: 'It is number {place} among the new calls, and an e-mail holds {room}: it waits for a later one.',
    fr: 'Il est numéro {place} parmi les nouveaux appels, et un e-mail en contient {room}\u00a0: il attend le suivant.',
  },
  'why-not.rank.room': {
    en: 'There is room for it: an e-mail holds {room, plural, one {{room} call} other {{room} calls}}.',
    fr: 'Il y a de la place\u00a0: un e-mail contient {room, plural, one {{room}\u00a0appel} other {{room}\u00a0appels}}.',
  },
  'why-not.digest.next': {
    en: 'It is waiting for the next digest, to {name}{day, select, none {} other { on {day}}}.',
    fr: 'Il attend le prochain récapitulatif, à {name}{day, select, none {} other { le {day}}}.',
  },
  'why-not.digest.without': {
    en: 'The next digest will be sent on {day}; this call is not waiting for it.',
    fr: 'Le prochain récapitulatif part le {day}\u00a0; cet appel ne l’attend pas.',
  },
  'why-not.digest.none': { en: 'It is not waiting for a digest.', fr: 'Il n’attend pas de récapitulatif.' },
});
