import { NO_CURRENCY } from '../../calls/domain/parsed-call.js';
import { daysLeft } from '../../calls/domain/days-left.js';
import { programmeName, typeInWords } from '../../calls/domain/names-in.js';
import { type Status, statusAt } from '../../calls/domain/status.js';
import { comingAndPassed, deadlineForPeople } from '../../calls/domain/facts/deadline.js';
import type { Language } from '../../kernel/language.js';
import { webAddress } from '../../kernel/web-address.js';
import { inEach } from '../../i18n/translate.js';
import { KIND_COLUMNS } from './kind-columns.js';
import type { HasCall, SheetCall } from './sheet-call.js';
import { brusselsClock, brusselsDay, linkTo, wordIn, type Column } from './table.js';

const STATUS: Record<Status, Record<Language, string>> = {
  draft: inEach('sheet-word.status.draft'),
  open: inEach('sheet-word.status.open'),
  forthcoming: inEach('sheet-word.status.forthcoming'),
  closed: inEach('sheet-word.status.closed'),
  withdrawn: inEach('sheet-word.status.withdrawn'),
};

const next = (call: SheetCall, now: Date) => comingAndPassed(call.content.deadlines, now).coming[0] ?? null;

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

/** The source's data on a call. */
export const FACT_COLUMNS: Column<HasCall>[] = [
  {
    key: 'programme',
    header: inEach('sheet-column.programme'),
    kind: 'text',
    width: 20,
    value: ({ call }, { language }) => call.programme && programmeName(call.programme, language),
  },
  {
    key: 'type-of-action',
    header: inEach('sheet-column.type-of-action'),
    kind: 'text',
    width: 26,
    value: ({ call }, { language }) =>
      call.content.typesOfAction.map((type) => typeInWords(type, language)).join(', ') || null,
  },
  {
    key: 'status',
    header: inEach('sheet-column.status'),
    kind: 'text',
    width: 12,
    value: ({ call }, { now, language }) => wordIn(STATUS, statusAt(call, now), language),
  },
  {
    key: 'opens',
    header: inEach('sheet-column.opens'),
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
      const d = next(call, now);
      return d && brusselsClock(d.at);
    },
  },
  {
    key: 'days-left',
    header: inEach('sheet-column.days-left'),
    kind: 'number',
    width: 10,
    value: ({ call }, { now }) => {
      const d = next(call, now);
      return d && daysLeft(now, d.at);
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
