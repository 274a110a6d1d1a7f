import type { CallContent } from '../../calls/domain/call-content.js';
import type { Change, ChangeKind } from '../../calls/domain/versions/diff.js';
import { changeSentences } from '../../calls/domain/facts/change-sentences.js';
import { webAddress } from '../../kernel/web-address.js';
import { inEach, translateTo } from '../../i18n/translate.js';
import { brusselsClock, brusselsDay, type Column, linkTo, wordIn, wordsFor } from './table.js';
import { crossCuttingIn, programmeName, typeInWords } from '../../calls/domain/names-in.js';
import { totalFor } from '../../calls/domain/facts/budget.js';
import { draftInWords, projectInWords, topicInWords } from '../../calls/domain/facts/call-facts.js';
import type { Language } from '../../kernel/language.js';
import type { HasCall, SheetCall } from './sheet-call.js';
import { NO_CURRENCY } from '../../calls/domain/parsed-call.js';
import { daysLeft } from '../../kernel/brussels.js';
import { statusAt, STATUSES } from '../../calls/domain/status.js';
import { deadlineForPeople, nextDeadlineOf } from '../../calls/domain/facts/deadline.js';

/** A call event: one kind of change made by one version. */
interface ChangeRow {
  seq: string;
  kind: ChangeKind;
  changes: Change[];
  seenAt: Date;
  sourceId: string | null;
  callId: string;
  callKind: CallContent['kind'];
  deadlines: CallContent['deadlines'];
  title: string;
  identifier: string | null;
  url: string | null;
}

/** Changes: columns in a permanent order. New ones are appended. */
export const CHANGE_COLUMNS: Column<ChangeRow>[] = [
  {
    key: 'event',
    header: inEach('sheet-column.event'),
    kind: 'text',
    width: 14,
    value: ({ seq, kind }) => `${seq}-${kind}`,
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
    key: 'seen',
    header: inEach('sheet-column.seen'),
    kind: 'moment',
    width: 18,
    value: ({ seenAt }) => brusselsClock(seenAt),
  },
  {
    key: 'says',
    header: inEach('sheet-column.says'),
    kind: 'text',
    width: 70,
    value: (row, { language }) =>
      changeSentences(
        row.changes.filter((c) => c.kind === row.kind),
        language,
        { deadlines: row.deadlines, kind: row.callKind },
      ).join('\n') || null,
  },
  {
    key: 'source',
    header: inEach('sheet-column.source'),
    kind: 'text',
    width: 18,
    value: ({ sourceId }) => sourceId,
  },
  {
    key: 'page',
    header: inEach('sheet-column.page'),
    kind: 'link',
    width: 24,
    value: ({ callId }, { home }) => linkTo(`${home}/calls/${callId}`),
  },
  {
    key: 'source-page',
    header: inEach('sheet-column.source-page'),
    kind: 'link',
    width: 30,
    value: ({ url }) => linkTo(webAddress(url)),
  },
];

/** Keeps users from adding up what is one budget for several topics. */
const BUDGET_FOR: Record<ReturnType<typeof totalFor>, Record<Language, string>> = {
  topic: inEach('sheet-word.budget-for.topic'),
  call: inEach('sheet-word.budget-for.call'),
  several: inEach('sheet-word.budget-for.several'),
  unclear: inEach('sheet-word.budget-for.unclear'),
};

const budgetFor = ({ content, total }: SheetCall, language: Language): string | null =>
  typeof content.budget?.total === 'number' && content.kind === 'grant'
    ? BUDGET_FOR[totalFor(content, total)][language]
    : null;

/** Fields of some kinds of calls only; added later, hence after all other columns. */
export const KIND_COLUMNS: Column<HasCall>[] = [
  {
    key: 'kind',
    header: inEach('sheet-column.kind'),
    kind: 'text',
    width: 18,
    value: ({ call }, { language }) => translateTo(language)(`fact.kind.${call.content.kind}`),
  },
  {
    key: 'under-topic',
    header: inEach('fact.under-topic'),
    kind: 'text',
    width: 40,
    value: ({ call }) => topicInWords(call.content),
  },
  {
    key: 'project',
    header: inEach('sheet-column.project'),
    kind: 'text',
    width: 40,
    value: ({ call }) => projectInWords(call.content),
  },
  {
    key: 'duration',
    header: inEach('sheet-column.duration'),
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.duration ?? null,
  },
  {
    key: 'zones',
    header: inEach('fact.zones'),
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.zones?.join(', ') ?? null,
  },
  {
    key: 'contract-type',
    header: inEach('fact.contract-type'),
    kind: 'text',
    width: 18,
    value: ({ call }) => call.content.contractType ?? null,
  },
  {
    key: 'implausible-budget',
    header: inEach('sheet-column.implausible-budget'),
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.budget?.asWritten ?? null,
  },
  {
    key: 'lump-sum',
    header: inEach('call.lump-sum'),
    kind: 'flag',
    width: 10,
    value: ({ call }) => call.content.lumpSum ?? null,
  },
  {
    key: 'destination',
    header: inEach('call.destination'),
    kind: 'text',
    width: 34,
    value: ({ call }) => call.content.destination,
  },
  {
    key: 'mission',
    header: inEach('call.mission'),
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.mission ?? null,
  },
  {
    key: 'cross-cutting',
    header: inEach('call.cross-cutting'),
    kind: 'text',
    width: 30,
    value: ({ call }, { language }) =>
      call.content.crossCutting?.map((p) => crossCuttingIn(p, language)).join(', ') ?? null,
  },
  {
    key: 'partner-search',
    header: inEach('sheet-column.partner-search'),
    kind: 'flag',
    width: 12,
    value: ({ call }) => call.content.partnerSearch ?? null,
  },
  {
    key: 'budget-for',
    header: inEach('sheet-column.budget-for'),
    kind: 'text',
    width: 24,
    value: ({ call }, { language }) => budgetFor(call, language),
  },
  {
    key: 'draft',
    header: inEach('sheet-column.draft'),
    kind: 'text',
    width: 40,
    value: ({ call: { content } }, { language }) =>
      content.draft ? draftInWords(content.draft, language) : null,
  },
  {
    key: 'funder',
    header: inEach('fact.funder'),
    kind: 'text',
    width: 30,
    value: ({ call }) => call.content.funder ?? null,
  },
];

const STATUS = wordsFor(STATUSES, (status) => inEach(`status.${status}`));

/** These identify a line even after the sheet was sorted, filtered and passed around. */
export const KEY_COLUMNS: Column<HasCall>[] = [
  { key: 'call', header: inEach('sheet-column.call'), kind: 'text', width: 9, value: ({ call }) => call.id },
  {
    key: 'identifier',
    header: inEach('sheet-column.identifier'),
    kind: 'text',
    width: 30,
    value: ({ call }) => call.content.identifier,
  },
  {
    key: 'title',
    header: inEach('sheet-column.title'),
    kind: 'text',
    width: 60,
    value: ({ call }) => call.content.title,
  },
];

export const FACT_COLUMNS: Column<HasCall>[] = [
  {
    key: 'programme',
    header: inEach('fact.programme'),
    kind: 'text',
    width: 20,
    value: ({ call }, { language }) => call.programme && programmeName(call.programme, language),
  },
  {
    key: 'type-of-action',
    header: inEach('fact.type-of-action'),
    kind: 'text',
    width: 26,
    value: ({ call }, { language }) =>
      call.content.typesOfAction.map((type) => typeInWords(type, language)).join(', ') || null,
  },
  {
    key: 'status',
    header: inEach('calls.status'),
    kind: 'text',
    width: 12,
    value: ({ call }, { now, language }) => wordIn(STATUS, statusAt(call, now), language),
  },
  {
    key: 'opens',
    header: inEach('fact.opens'),
    kind: 'day',
    width: 12,
    value: ({ call }) => call.opensAt && brusselsDay(call.opensAt),
  },
  {
    key: 'next-deadline',
    header: inEach('sheet-column.next-deadline'),
    kind: 'moment',
    width: 18,
    value: ({ call }, { now }) => {
      const at = nextDeadlineOf(call, now);
      return at && brusselsClock(at);
    },
  },
  {
    key: 'days-left',
    header: inEach('sheet-column.days-left'),
    kind: 'number',
    width: 10,
    value: ({ call }, { now }) => {
      const at = nextDeadlineOf(call, now);
      return at && daysLeft(now, at);
    },
  },
  {
    key: 'deadlines',
    header: inEach('sheet-column.deadlines'),
    kind: 'text',
    width: 34,
    value: ({ call }, { language }) =>
      call.content.deadlines.map((d) => deadlineForPeople(d, language)).join('\n') || null,
  },
  {
    key: 'budget',
    header: inEach('sheet-column.budget'),
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.total ?? null,
  },
  {
    key: 'min-contribution',
    header: inEach('sheet-column.min-contribution'),
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.minContribution ?? null,
  },
  {
    key: 'max-contribution',
    header: inEach('sheet-column.max-contribution'),
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.maxContribution ?? null,
  },
  {
    key: 'currency',
    header: inEach('sheet-column.currency'),
    kind: 'text',
    width: 9,
    value: ({
      call: {
        content: { budget },
      },
    }) => (budget && budget.currency !== NO_CURRENCY ? budget.currency : null),
  },
];

/** Links to more details. */
export const LINK_COLUMNS: Column<HasCall>[] = [
  {
    key: 'page',
    header: inEach('sheet-column.page'),
    kind: 'link',
    width: 24,
    value: ({ call }, { home }) => linkTo(`${home}/calls/${call.id}`),
  },
  {
    key: 'source-page',
    header: inEach('sheet-column.source-page'),
    kind: 'link',
    width: 30,
    value: ({ call }) => linkTo(webAddress(call.content.url)),
  },
];

/** All calls: columns in a permanent order. New ones are appended. */
export const CALL_COLUMNS: Column<HasCall>[] = [
  ...KEY_COLUMNS,
  ...FACT_COLUMNS,
  ...LINK_COLUMNS,
  {
    key: 'first-seen',
    header: inEach('sheet-column.first-seen'),
    kind: 'day',
    width: 12,
    value: ({ call }) => brusselsDay(call.firstSeenAt),
  },
  ...KIND_COLUMNS,
];
