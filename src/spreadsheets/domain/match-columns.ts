import { shownScore } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { reasonSentence } from '../../matching/domain/explanation/reason-sentence.js';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { unmetSentence } from '../../profiles/domain/preference-sentences.js';
import type { Unmet } from '../../profiles/domain/preferences.js';
import { type Answer, ANSWERS } from '../../proposals/domain/answer.js';
import type { Language } from '../../kernel/language.js';
import { inEach } from '../../i18n/translate.js';
import { FACT_COLUMNS, KEY_COLUMNS, KIND_COLUMNS, LINK_COLUMNS } from './call-columns.js';
import { byDate, noteBlock, type SheetNote } from './task-text.js';
import { type HasComments, PIPELINE_COLUMNS, TASK_COLUMN, WORK_COLUMNS } from './pipeline-columns.js';
import type { SheetCall } from './sheet-call.js';
import { brusselsDay, type Column, type Reader, wordIn, wordsFor } from './table.js';

/** A call in an institute's list, with the institute's review. */
export interface MatchRow extends HasComments {
  call: SheetCall;
  score: number;
  match: MatchScore;
  unmet: Unmet[];
  isNew: boolean;
  isChanged: boolean;
  verdict: Verdict | null;
  reason: VerdictReason | null;
  until: string | null;
  verdictBy: string | null;
  verdictAt: Date | null;
  notes: SheetNote[];
  asked: { name: string; answer: Answer | null }[];
}

export const VERDICT_WORDS = wordsFor(Verdict.options, (verdict) => inEach(`verdict.${verdict}`));

export const REASON_WORDS = wordsFor(VerdictReason.options, (reason) => inEach(`verdict-reason.${reason}`));

/** For a "not" from an old sheet without a reason; ignored on reimport. */
export const NO_REASON_WORDS: Record<Language, string> = inEach('inbox.no-reason');

export const ANSWER_WORDS = wordsFor([...ANSWERS, 'none'], (answer) => inEach(`sheet-word.answer.${answer}`));

const competences = ({ match }: MatchRow): string | null =>
  [...match.competences]
    .filter((c) => c.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((c) => c.competence)
    .join('; ') || null;

const FIT: Column<MatchRow>[] = [
  {
    key: 'score',
    header: inEach('sheet-column.score'),
    kind: 'number',
    width: 9,
    value: ({ score }) => shownScore(score),
  },
  {
    key: 'competences',
    header: inEach('sheet-column.competences'),
    kind: 'text',
    width: 34,
    value: competences,
  },
  {
    key: 'why',
    header: inEach('sheet-column.why'),
    kind: 'text',
    width: 50,
    value: ({ match }, { language }) => reasonSentence(match, language),
  },
];

const STATE: Column<MatchRow>[] = [
  { key: 'new', header: inEach('sheet-column.new'), kind: 'flag', width: 9, value: ({ isNew }) => isNew },
  {
    key: 'changed',
    header: inEach('sheet-column.changed'),
    kind: 'flag',
    width: 9,
    value: ({ isChanged }) => isChanged,
  },
];

const reasonWords = ({ verdict, reason }: MatchRow, { language }: Reader): string | null =>
  reason !== null
    ? wordIn(REASON_WORDS, reason, language)
    : verdict === 'not'
      ? NO_REASON_WORDS[language]
      : null;

const VERDICT: Column<MatchRow>[] = [
  {
    key: 'verdict',
    header: inEach('sheet-column.verdict'),
    kind: 'text',
    width: 14,
    // The day the call is postponed to follows the word, so that it survives a reimport.
    value: ({ verdict, until }, { language }) =>
      verdict && [wordIn(VERDICT_WORDS, verdict, language), ...(until === null ? [] : [until])].join(' '),
  },
  { key: 'reason', header: inEach('sheet-column.reason'), kind: 'text', width: 13, value: reasonWords },
  {
    key: 'verdict-by',
    header: inEach('sheet-column.verdict-by'),
    kind: 'text',
    width: 18,
    value: ({ verdictBy }) => verdictBy,
  },
  {
    key: 'verdict-at',
    header: inEach('sheet-column.verdict-at'),
    kind: 'day',
    width: 12,
    value: ({ verdictAt }) => verdictAt && brusselsDay(verdictAt),
  },
];

const NOTES: Column<MatchRow>[] = [
  {
    key: 'notes',
    header: inEach('sheet-column.notes'),
    kind: 'text',
    width: 50,
    value: ({ notes }) => byDate(notes).map(noteBlock).join('\n') || null,
  },
];

const ASKED: Column<MatchRow>[] = [
  {
    key: 'asked',
    header: inEach('sheet-column.asked'),
    kind: 'text',
    width: 26,
    value: ({ asked }) => asked.map((a) => a.name).join('; ') || null,
  },
  {
    key: 'answers',
    header: inEach('sheet-column.answers'),
    kind: 'text',
    width: 34,
    value: ({ asked }, { language }) =>
      asked.map((a) => `${a.name}: ${wordIn(ANSWER_WORDS, a.answer ?? 'none', language)}`).join('; ') || null,
  },
];

const UNMET: Column<MatchRow>[] = [
  {
    key: 'unmet',
    header: inEach('sheet-column.unmet'),
    kind: 'text',
    width: 34,
    value: ({ unmet }, { language }) => unmet.map((u) => unmetSentence(u, language)).join('\n') || null,
  },
];

/** Who sees an institute's list: the institute, the network, or the holder of a secret link. */
export type Audience = 'inside' | 'network' | 'feed' | 'feed-with-notes';

/**
 * The columns for each audience. Researchers' names and internal comments never leave the institute; the
 * column order is permanent, and new ones are appended.
 */
export const MATCH_COLUMNS: Record<Audience, Column<MatchRow>[]> = {
  inside: [
    ...KEY_COLUMNS,
    ...FACT_COLUMNS,
    ...FIT,
    ...STATE,
    ...VERDICT,
    ...NOTES,
    ...ASKED,
    ...LINK_COLUMNS,
    ...UNMET,
    ...KIND_COLUMNS,
    ...PIPELINE_COLUMNS,
    ...WORK_COLUMNS,
  ],
  network: [...KEY_COLUMNS, ...FACT_COLUMNS, ...FIT, ...LINK_COLUMNS, ...UNMET, ...KIND_COLUMNS],
  feed: [
    ...KEY_COLUMNS,
    ...FACT_COLUMNS,
    ...FIT,
    ...STATE,
    ...VERDICT,
    ...LINK_COLUMNS,
    ...UNMET,
    ...KIND_COLUMNS,
    ...PIPELINE_COLUMNS,
  ],
  'feed-with-notes': [
    ...KEY_COLUMNS,
    ...FACT_COLUMNS,
    ...FIT,
    ...STATE,
    ...VERDICT,
    ...LINK_COLUMNS,
    ...NOTES,
    ...UNMET,
    ...KIND_COLUMNS,
    ...PIPELINE_COLUMNS,
    TASK_COLUMN,
  ],
};
