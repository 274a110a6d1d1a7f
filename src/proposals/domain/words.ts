import type { Language } from '../../kernel/language.js';
import type { Answer } from './answer.js';
import type { Why } from './candidates.js';

/** Every word of the mails about a proposed call, in one language. Arguments are ready to show. */
export interface ProposalWords {
  subject(title: string, deadline: string | null): string;
  opening: string;
  why(reasons: Why[]): string;
  /** Where nothing was found through their competences: the officer says it. */
  noWhy: string;
  /** `language` is the one that the call is written in, where it is not the reader's. */
  says(language: string | null): string;
  lumpSum: { label: string; yes: string; no: string };
  page: string;
  question: string;
  closing: string;
  /** What is put under the message when it is sent, above the link. */
  answerHere: string;
  answerButton: string;
  sentBy(officer: string, institute: string): string;
  replyGoes: string;
  /** What somebody is told who has not answered. */
  reminder: {
    subject(title: string): string;
    says(date: string): string;
    deadline(date: string): string;
    question: string;
  };
  /** What the officer is told when an answer comes. */
  answered: {
    subject(name: string, answer: Answer, title: string): string;
    says(name: string, answer: Answer, date: string): string;
    word: string;
    other: string;
    open: string;
    changed: string;
  };
}

const NB = '\u00a0';
const listEn = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const listFr = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const quotedEn = (text: string): string => `“${text}”`;
const quotedFr = (text: string): string => `«${NB}${text}${NB}»`;

const ANSWER_EN: Record<Answer, string> = {
  interested: 'interested',
  'not-for-me': 'not for me',
  'ask-other': 'ask someone else',
};
const ANSWER_FR: Record<Answer, string> = {
  interested: 'cela m’intéresse',
  'not-for-me': 'pas pour moi',
  'ask-other': 'voir avec quelqu’un d’autre',
};

const en: ProposalWords = {
  subject: (title, deadline) =>
    deadline === null ? `A call for you? ${title}` : `A call for you? ${title} – deadline ${deadline}`,
  opening: 'I have come across a European call that may be one for you:',
  why: (reasons) => {
    const each = reasons.map(
      ({ competence, terms }) =>
        quotedEn(competence) + (terms.length ? ` (it mentions ${listEn.format(terms)})` : ''),
    );
    return `Why you: the call asks for ${reasons.length === 1 ? 'your competence' : 'your competences'} ${listEn.format(each)}.`;
  },
  noWhy: 'Why you: ',
  says: (language) => (language === null ? 'What it says:' : `What it says, in ${language}:`),
  lumpSum: {
    label: 'Lump sum',
    yes: 'yes, the call says so',
    no: 'no, according to the model grant agreement it names',
  },
  page: 'The call’s page',
  question: 'Would this interest you?',
  closing: 'Best regards,',
  answerHere: 'To answer, open this page (no sign-in needed):',
  answerButton: 'Answer',
  sentBy: (officer, institute) => `Sent by ${officer}, ${institute}.`,
  replyGoes: 'You can also simply reply to this e-mail.',
  reminder: {
    subject: (title) => `Reminder: ${title}`,
    says: (date) => `On ${date} I wrote to you about this call:`,
    deadline: (date) => `Deadline: ${date}`,
    question: 'Would it interest you? One click is enough to answer, a no as well.',
  },
  answered: {
    subject: (name, answer, title) => `${name}: ${ANSWER_EN[answer]} – ${title}`,
    says: (name, answer, date) =>
      `${name} answered the call that you proposed on ${date}: ${quotedEn(ANSWER_EN[answer])}.`,
    word: 'Their comment',
    other: 'Person to ask',
    open: 'The call and all answers',
    changed: 'This replaces their earlier answer.',
  },
};

const fr: ProposalWords = {
  subject: (title, deadline) =>
    deadline === null
      ? `Un appel pour vous${NB}? ${title}`
      : `Un appel pour vous${NB}? ${title} – échéance le ${deadline}`,
  opening: `J’ai repéré un appel à projets européen qui pourrait vous convenir${NB}:`,
  why: (reasons) => {
    const each = reasons.map(
      ({ competence, terms }) =>
        quotedFr(competence) +
        (terms.length ? ` (il y est question de ${listFr.format(terms.map(quotedFr))})` : ''),
    );
    return `Pourquoi vous${NB}: l’appel rejoint ${reasons.length === 1 ? 'votre compétence' : 'vos compétences'} ${listFr.format(each)}.`;
  },
  noWhy: `Pourquoi vous${NB}: `,
  says: (language) =>
    language === null ? `Ce que dit l’appel${NB}:` : `Ce que dit l’appel, en ${language}${NB}:`,
  lumpSum: {
    label: 'Forfait (lump sum)',
    yes: 'oui, l’appel le précise',
    no: 'non, d’après la convention type citée',
  },
  page: 'Page de l’appel',
  question: `Est-ce que cela pourrait vous intéresser${NB}?`,
  closing: 'Bien cordialement,',
  answerHere: `Pour répondre, ouvrez cette page, sans avoir à vous connecter${NB}:`,
  answerButton: 'Répondre',
  sentBy: (officer, institute) => `Envoyé par ${officer}, ${institute}.`,
  replyGoes: 'Vous pouvez aussi répondre simplement à ce message.',
  reminder: {
    subject: (title) => `Rappel${NB}: ${title}`,
    says: (date) => `Je vous ai écrit le ${date} au sujet de cet appel${NB}:`,
    deadline: (date) => `Date limite${NB}: ${date}`,
    question: `Pourrait-il vous intéresser${NB}? Un clic suffit pour répondre, même par la négative.`,
  },
  answered: {
    subject: (name, answer, title) => `${name}${NB}: ${ANSWER_FR[answer]} – ${title}`,
    says: (name, answer, date) =>
      `${name} a répondu à l’appel que vous lui avez proposé le ${date}${NB}: ${quotedFr(ANSWER_FR[answer])}.`,
    word: 'Son commentaire',
    other: 'À contacter',
    open: 'L’appel et toutes les réponses',
    changed: 'Cette réponse remplace la précédente.',
  },
};

const BY_LANGUAGE: Record<Language, ProposalWords> = { en, fr };
export const proposalWords = (language: Language): ProposalWords => BY_LANGUAGE[language];
