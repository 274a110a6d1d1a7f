import type { Answer } from '../../proposals/domain/answer.js';
import { inEach } from '../../i18n/translate.js';
import { ANSWER_WORDS } from './match-columns.js';
import { brusselsClock, brusselsDay, type Column, linkTo, wordIn } from './table.js';

/** A call proposed to a researcher, as the institute stores it. */
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

/** Proposals: columns in a permanent order. New ones are appended. */
export const PROPOSAL_COLUMNS: Column<ProposalRow>[] = [
  {
    key: 'proposal',
    header: inEach('sheet-column.proposal'),
    kind: 'text',
    width: 9,
    value: ({ id }) => id,
  },
  { key: 'call', header: inEach('sheet-column.call'), kind: 'text', width: 9, value: ({ callId }) => callId },
  {
    key: 'identifier',
    header: inEach('sheet-column.identifier'),
    kind: 'text',
    width: 30,
    value: ({ identifier }) => identifier,
  },
  {
    key: 'title',
    header: inEach('sheet-column.title'),
    kind: 'text',
    width: 60,
    value: ({ title }) => title,
  },
  {
    key: 'name',
    header: inEach('sheet-column.name'),
    kind: 'text',
    width: 24,
    value: ({ name }) => name,
  },
  {
    key: 'email',
    header: inEach('sheet-column.email'),
    kind: 'text',
    width: 28,
    value: ({ email }) => email,
  },
  {
    key: 'asked-by',
    header: inEach('sheet-column.asked-by'),
    kind: 'text',
    width: 22,
    value: ({ askedBy }) => askedBy,
  },
  {
    key: 'asked-at',
    header: inEach('sheet-column.asked-at'),
    kind: 'day',
    width: 12,
    value: ({ createdAt }) => brusselsDay(createdAt),
  },
  {
    key: 'answer',
    header: inEach('sheet-column.answer'),
    kind: 'text',
    width: 20,
    value: ({ answer }, { language }) => wordIn(ANSWER_WORDS, answer ?? 'none', language),
  },
  {
    key: 'word',
    header: inEach('sheet-column.word'),
    kind: 'text',
    width: 40,
    value: ({ word }) => word,
  },
  {
    key: 'other',
    header: inEach('sheet-column.other'),
    kind: 'text',
    width: 24,
    value: ({ other }) => other,
  },
  {
    key: 'answered-at',
    header: inEach('sheet-column.answered-at'),
    kind: 'moment',
    width: 18,
    value: ({ answeredAt }) => answeredAt && brusselsClock(answeredAt),
  },
  {
    key: 'page',
    header: inEach('sheet-column.page'),
    kind: 'link',
    width: 24,
    value: ({ callId }, { home }) => linkTo(`${home}/calls/${callId}`),
  },
];
