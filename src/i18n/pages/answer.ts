import { messages } from '../message.js';

export const answer = messages({
  'answer.title': { en: 'Is this call for you?', fr: 'Cet appel est-il pour vous ?' },
  'answer.asks': {
    en: '{officer} proposed this call to you, {name}, on {day}.',
    fr: '{officer} vous a proposé cet appel, {name}, le {day}.',
  },
  'answer.deadline': {
    en: '{n, plural, one {Deadline} other {Deadlines}}',
    fr: '{n, plural, one {Échéance} other {Échéances}}',
  },
  'answer.no-deadline': { en: 'none stated', fr: 'aucune indiquée' },
  'answer.call-page': { en: 'Official page of the call', fr: 'Page officielle de l’appel' },
  'answer.message': { en: 'The message you received', fr: 'Le message que vous avez reçu' },
  'answer.withdrawn': {
    en: 'This call has since been withdrawn from its source. It may come back, so your answer is still useful.',
    fr: 'L’appel a depuis été retiré de sa source. Il peut y revenir\u00a0: votre réponse reste utile.',
  },
  'answer.closed': {
    en: 'The last deadline of this call has passed: it is too late to answer.',
    fr: 'La dernière échéance de cet appel est passée\u00a0: il est trop tard pour répondre.',
  },
  'answer.your-answer': { en: 'Your answer', fr: 'Votre réponse' },
  'answer.answered': {
    en: 'You answered on {when}: {answer}.',
    fr: 'Vous avez répondu le {when} : {answer}.',
  },
  'answer.may-change': {
    en: 'You can change it below until the last deadline.',
    fr: 'Vous pouvez la modifier ci-dessous jusqu’à la dernière échéance.',
  },
  'answer.interested': { en: 'I am interested', fr: 'Cela m’intéresse' },
  'answer.not-for-me': { en: 'Not for me', fr: 'Pas pour moi' },
  'answer.ask-other': { en: 'Ask someone else', fr: 'Voir avec quelqu’un d’autre' },
  'answer.other': { en: 'Who? A name or an address', fr: 'Avec qui ? Un nom ou une adresse' },
  'answer.other-missing': { en: 'Say who to ask.', fr: 'Indiquez avec qui voir.' },
  'answer.choice-missing': { en: 'Choose one of the three.', fr: 'Choisissez l’une des trois réponses.' },
  'answer.word': { en: 'A comment (optional)', fr: 'Un commentaire (facultatif)' },
  'answer.word-help': { en: 'Up to 2,000 characters.', fr: 'Jusqu’à 2 000 caractères.' },
  'answer.send': { en: 'Send the answer', fr: 'Envoyer la réponse' },
  'answer.change': { en: 'Change the answer', fr: 'Modifier la réponse' },
  'answer.goes-to': {
    en: 'Only {officer} and their institute will see your answer.',
    fr: 'Seuls {officer} et son institut verront votre réponse.',
  },
  'answer.unknown-title': { en: 'This link is not valid', fr: 'Ce lien n’est pas valable' },
  'answer.unknown': {
    en: 'It may be incomplete, or the proposal no longer exists. Copy the whole link from the e-mail, or simply reply to it.',
    fr: 'Il est peut-être incomplet, ou la proposition n’existe plus. Copiez le lien entier depuis l’e-mail, ou répondez-y simplement.',
  },
  'answer.stop': { en: 'Receive no more proposals', fr: 'Ne plus recevoir de propositions' },
  'answer.stop-title': {
    en: 'Receive no more proposals of calls?',
    fr: 'Ne plus recevoir de propositions d’appels\u00a0?',
  },
  'answer.stop-says': {
    en: 'Your institute’s European team takes you off its list of researchers and cannot put you back on it. It keeps what was proposed to you and what you answered.',
    fr: 'L’équipe Europe de votre institut vous retire de sa liste de chercheurs et ne pourra pas vous y remettre. Elle conserve les propositions passées et vos réponses.',
  },
  'answer.stop-back': { en: 'Back to the call', fr: 'Retour à l’appel' },
  'flash.objected': {
    en: 'Done: no more calls will be proposed to you.',
    fr: 'C’est fait : aucun appel ne vous sera plus proposé.',
  },
  'flash.answered': {
    en: 'Thank you, your answer has been sent.',
    fr: 'Merci, votre réponse a été transmise.',
  },
});
