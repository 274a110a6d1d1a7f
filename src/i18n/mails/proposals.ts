import { messages } from '../message.js';

/** E-mails to researchers about proposed calls, and to officers about the answers. */
export const proposalMails = messages({
  'mail.proposal.subject': {
    en: 'A call for you? {title}',
    fr: 'Un appel pour vous\u00a0? {title}',
  },
  'mail.proposal.subject-deadline': {
    en: 'A call for you? {title} – deadline {deadline}',
    fr: 'Un appel pour vous\u00a0? {title} – échéance le {deadline}',
  },
  'mail.proposal.heading': {
    en: 'A call proposed by {officer}',
    fr: 'Un appel proposé par {officer}',
  },
  'mail.proposal.opening': {
    en: 'I have come across a European call that may suit you:',
    fr: 'J’ai repéré un appel à projets européen qui pourrait vous convenir\u00a0:',
  },
  'mail.proposal.why': {
    en: 'Why you: the call asks for {n, plural, one {your competence} other {your competences}} {competences}.',
    fr: 'Pourquoi vous\u00a0: l’appel rejoint {n, plural, one {votre compétence} other {vos compétences}} {competences}.',
  },
  'mail.proposal.competence': {
    en: '“{competence}”',
    fr: '«\u00a0{competence}\u00a0»',
  },
  'mail.proposal.term': {
    en: '{term}',
    fr: '«\u00a0{term}\u00a0»',
  },
  'mail.proposal.competence-terms': {
    en: '{competence} (it mentions {terms})',
    fr: '{competence} (il y est question de {terms})',
  },
  'mail.proposal.no-why': {
    en: 'Why you: ',
    fr: 'Pourquoi vous\u00a0: ',
  },
  'mail.proposal.says': {
    en: 'What it says:',
    fr: 'Ce que dit l’appel\u00a0:',
  },
  'mail.proposal.says-in': {
    en: 'What it says, in {language}:',
    fr: 'Ce que dit l’appel, en {language}\u00a0:',
  },
  'mail.proposal.lump-sum': {
    en: 'Lump sum',
    fr: 'Forfait (lump sum)',
  },
  'mail.proposal.lump-sum.yes': {
    en: 'yes, the call says so',
    fr: 'oui, l’appel le précise',
  },
  'mail.proposal.lump-sum.no': {
    en: 'no, according to the model grant agreement it names',
    fr: 'non, d’après la convention type citée',
  },
  'mail.proposal.page': {
    en: 'The call’s page',
    fr: 'Page de l’appel',
  },
  'mail.proposal.question': {
    en: 'Would this interest you?',
    fr: 'Est-ce que cela pourrait vous intéresser\u00a0?',
  },
  'mail.proposal.closing': {
    en: 'Best regards,',
    fr: 'Bien cordialement,',
  },
  'mail.proposal.answer-here': {
    en: 'To answer, open this page (no sign-in needed):',
    fr: 'Pour répondre, ouvrez cette page, sans avoir à vous connecter\u00a0:',
  },
  'mail.proposal.answer': {
    en: 'Answer',
    fr: 'Répondre',
  },
  'mail.proposal.sent-by': {
    en: 'Sent by {officer}, {institute}.',
    fr: 'Envoyé par {officer}, {institute}.',
  },
  'mail.proposal.reply-goes': {
    en: 'You can also simply reply to this e-mail.',
    fr: 'Vous pouvez aussi répondre simplement à ce message.',
  },
  'mail.proposal.data': {
    en: 'Your name, address and competences were entered by your institute’s European team.',
    fr: 'Vos nom, adresse et compétences ont été saisis par l’équipe Europe de votre institut.',
  },
  'mail.proposal.stop': {
    en: 'Receive no more proposals',
    fr: 'Ne plus recevoir de propositions',
  },
  'mail.proposal-reminder.subject': {
    en: 'Reminder: {title}',
    fr: 'Rappel\u00a0: {title}',
  },
  'mail.proposal-reminder.heading': {
    en: 'A call is waiting for your answer',
    fr: 'Un appel attend votre réponse',
  },
  'mail.proposal-reminder.says': {
    en: 'On {day} I wrote to you about this call:',
    fr: 'Je vous ai écrit le {day} au sujet de cet appel\u00a0:',
  },
  'mail.proposal-reminder.deadline': {
    en: 'Deadline: {day}',
    fr: 'Date limite\u00a0: {day}',
  },
  'mail.proposal-reminder.question': {
    en: 'Would it interest you? One click is enough, even to say no.',
    fr: 'Pourrait-il vous intéresser\u00a0? Un clic suffit, même pour dire non.',
  },
  'mail.answer.given.interested': { en: 'interested', fr: 'cela m’intéresse' },
  'mail.answer.given.not-for-me': { en: 'not for me', fr: 'pas pour moi' },
  'mail.answer.given.ask-other': { en: 'ask someone else', fr: 'voir avec quelqu’un d’autre' },
  'mail.answer.subject': { en: '{name}: {answer} – {title}', fr: '{name}\u00a0: {answer} – {title}' },
  'mail.answer.heading': { en: '{name}: {answer}', fr: '{name}\u00a0: {answer}' },
  'mail.answer.says': {
    en: '{name} answered your proposal of {day}: “{answer}”.',
    fr: '{name} a répondu à votre proposition du {day}\u00a0: «\u00a0{answer}\u00a0».',
  },
  'mail.answer.word': {
    en: 'Their comment',
    fr: 'Son commentaire',
  },
  'mail.answer.other': {
    en: 'Person to ask',
    fr: 'À contacter',
  },
  'mail.answer.open': {
    en: 'The call and all answers',
    fr: 'L’appel et toutes les réponses',
  },
  'mail.answer.changed': {
    en: 'This replaces their earlier answer.',
    fr: 'Cette réponse remplace la précédente.',
  },
});
