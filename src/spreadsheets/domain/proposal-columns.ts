import type { Answer } from '../../proposals/domain/index.js';
import { ANSWER_WORDS } from './match-columns.js';
import { brusselsClock, brusselsDay, linkTo, type Column } from './table.js';

/** A call that was proposed to a researcher, as the institute keeps it. */
export interface ProposalRow {
  id: string;
  callId: string;
  identifier: string | null;
  title: string;
  name: string;
  email: string;
  askedBy: string;
  createdAt: Date;
  answer: Answer | null;
  word: string | null;
  other: string | null;
  answeredAt: Date | null;
}

/** Proposals: the columns in their order for good. New ones come at the end. */
export const PROPOSAL_COLUMNS: Column<ProposalRow>[] = [
  {
    key: 'proposal',
    header: { en: 'Proposal', fr: 'Proposition' },
    kind: 'text',
    width: 9,
    value: ({ id }) => id,
  },
  { key: 'call', header: { en: 'Key', fr: 'Clé' }, kind: 'text', width: 9, value: ({ callId }) => callId },
  {
    key: 'identifier',
    header: { en: 'Topic identifier', fr: 'Identifiant du sujet' },
    kind: 'text',
    width: 30,
    value: ({ identifier }) => identifier,
  },
  {
    key: 'title',
    header: { en: 'Title', fr: 'Titre' },
    kind: 'text',
    width: 60,
    value: ({ title }) => title,
  },
  {
    key: 'name',
    header: { en: 'Proposed to', fr: 'Proposé à' },
    kind: 'text',
    width: 24,
    value: ({ name }) => name,
  },
  {
    key: 'email',
    header: { en: 'Address', fr: 'Adresse' },
    kind: 'text',
    width: 28,
    value: ({ email }) => email,
  },
  {
    key: 'asked-by',
    header: { en: 'Proposed by', fr: 'Proposé par' },
    kind: 'text',
    width: 22,
    value: ({ askedBy }) => askedBy,
  },
  {
    key: 'asked-at',
    header: { en: 'Proposed on', fr: 'Proposé le' },
    kind: 'day',
    width: 12,
    value: ({ createdAt }) => brusselsDay(createdAt),
  },
  {
    key: 'answer',
    header: { en: 'Answer', fr: 'Réponse' },
    kind: 'text',
    width: 20,
    value: ({ answer }, { language }) => ANSWER_WORDS[answer ?? 'none'][language],
  },
  {
    key: 'word',
    header: { en: 'In their words', fr: 'En ses mots' },
    kind: 'text',
    width: 40,
    value: ({ word }) => word,
  },
  {
    key: 'other',
    header: { en: 'Ask instead', fr: 'Personne indiquée' },
    kind: 'text',
    width: 24,
    value: ({ other }) => other,
  },
  {
    key: 'answered-at',
    header: { en: 'Answered (Brussels time)', fr: 'Répondu le (heure de Bruxelles)' },
    kind: 'moment',
    width: 18,
    value: ({ answeredAt }) => answeredAt && brusselsClock(answeredAt),
  },
  {
    key: 'page',
    header: { en: 'Page in carnot-europe', fr: 'Fiche dans carnot-europe' },
    kind: 'link',
    width: 24,
    value: ({ callId }, { home }) => linkTo(`${home}/calls/${callId}`),
  },
];
