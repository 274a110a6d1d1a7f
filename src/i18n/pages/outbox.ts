import { messages } from '../message.js';

export const outbox = messages({
  'outbox.menu': { en: 'Messages', fr: 'Messages' },
  'outbox.title': { en: 'Messages sent', fr: 'Messages envoyés' },
  'outbox.none': { en: 'No messages yet', fr: 'Aucun message' },
  'outbox.state': { en: 'State', fr: 'État' },
  'outbox.state.all': { en: 'all', fr: 'tous' },
  'outbox.state.pending': { en: 'waiting', fr: 'en attente' },
  'outbox.state.sending': { en: 'being sent', fr: 'en cours d’envoi' },
  'outbox.state.sent': { en: 'sent', fr: 'envoyé' },
  'outbox.state.failed': { en: 'failed', fr: 'échec' },
  'outbox.show': { en: 'Show', fr: 'Afficher' },
  'outbox.total': {
    en: '{n, plural, =0 {No message} one {One message} other {# messages}}',
    fr: '{n, plural, =0 {Aucun message} one {Un message} other {# messages}}',
  },
  'outbox.inside': {
    en: 'It contains answers from researchers, which stay inside the institute.',
    fr: 'Il contient des réponses de chercheurs\u00a0: elles restent au sein de l’institut.',
  },
  'outbox.outside': {
    en: 'The content of a message stays inside the institute. Here you see when it was sent and whether it arrived.',
    fr: 'Le contenu d’un message reste au sein de l’institut. Vous voyez ici quand il est parti, et s’il est arrivé.',
  },
  'outbox.channel': { en: 'a channel of the institute', fr: 'un canal de l’institut' },
  'outbox.written': { en: 'Written', fr: 'Rédigé' },
  'outbox.to': { en: 'To', fr: 'À' },
  'outbox.attempts': { en: 'Attempts', fr: 'Tentatives' },
  'outbox.tried': {
    en: '{n, plural, one {# attempt} other {# attempts}}',
    fr: '{n, plural, one {# tentative} other {# tentatives}}',
  },
  'outbox.answer': { en: 'Reply of the server', fr: 'Réponse du serveur' },
  'outbox.next-try': { en: 'next attempt on {when}', fr: 'prochaine tentative le {when}' },
  'outbox.copy': { en: 'another copy, sent by {who}', fr: 'un nouvel exemplaire, envoyé par {who}' },
  'outbox.kind.first': { en: 'first message', fr: 'premier message' },
  'outbox.kind.digest': { en: 'digest', fr: 'récapitulatif' },
  'outbox.kind.urgent': { en: 'urgent', fr: 'urgent' },
  'outbox.again': { en: 'Send it again', fr: 'Envoyer à nouveau' },
  'outbox.again-help': {
    en: 'Sends the same message once more, as a separate e-mail.',
    fr: 'Envoie une nouvelle fois le même message, séparément.',
  },
  'outbox.tries': { en: 'All attempts', fr: 'Toutes les tentatives' },
  'outbox.as-mail': { en: 'As the reader sees it', fr: 'Tel que le lecteur le voit' },
  'outbox.as-text': { en: 'As text', fr: 'En texte' },
  'outbox.as-posted': { en: 'Data sent', fr: 'Données envoyées' },
  'outbox.links': {
    en: 'The reader’s personal links are hidden here.',
    fr: 'Les liens propres au lecteur sont masqués ici.',
  },
  'outbox.back': { en: 'All messages', fr: 'Tous les messages' },
});
