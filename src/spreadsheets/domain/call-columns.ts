import {
  NO_CURRENCY,
  daysLeft,
  programmeName,
  typeInWords,
  statusAt,
  type Status,
  comingAndPassed,
  deadlineForPeople,
} from '../../calls/domain/index.js';
import type { Language } from '../../kernel/language.js';
import { webAddress } from '../../kernel/web-address.js';
import { KIND_COLUMNS } from './kind-columns.js';
import type { HasCall, SheetCall } from './sheet-call.js';
import { brusselsClock, brusselsDay, linkTo, type Column } from './table.js';

const STATUS: Record<Status, Record<Language, string>> = {
  open: { en: 'Open', fr: 'Ouvert' },
  forthcoming: { en: 'Forthcoming', fr: 'À venir' },
  closed: { en: 'Closed', fr: 'Clos' },
  withdrawn: { en: 'Withdrawn', fr: 'Retiré' },
};

const next = (call: SheetCall, now: Date) => comingAndPassed(call.content.deadlines, now).coming[0] ?? null;

/** By these a line is known again, also after it was sorted, filtered and sent around. */
export const KEY_COLUMNS: Column<HasCall>[] = [
  { key: 'call', header: { en: 'Key', fr: 'Clé' }, kind: 'text', width: 9, value: ({ call }) => call.id },
  {
    key: 'identifier',
    header: { en: 'Topic identifier', fr: 'Identifiant du sujet' },
    kind: 'text',
    width: 30,
    value: ({ call }) => call.content.identifier,
  },
  {
    key: 'title',
    header: { en: 'Title', fr: 'Titre' },
    kind: 'text',
    width: 60,
    value: ({ call }) => call.content.title,
  },
];

/** What the source says of a call. */
export const FACT_COLUMNS: Column<HasCall>[] = [
  {
    key: 'programme',
    header: { en: 'Programme', fr: 'Programme' },
    kind: 'text',
    width: 20,
    value: ({ call }, { language }) => call.programme && programmeName(call.programme, language),
  },
  {
    key: 'type-of-action',
    header: { en: 'Type of action', fr: 'Type d’action' },
    kind: 'text',
    width: 26,
    value: ({ call }, { language }) =>
      call.content.typesOfAction.map((type) => typeInWords(type, language)).join(', ') || null,
  },
  {
    key: 'status',
    header: { en: 'Status', fr: 'Statut' },
    kind: 'text',
    width: 12,
    value: ({ call }, { now, language }) => STATUS[statusAt(call, now)][language],
  },
  {
    key: 'opens',
    header: { en: 'Opens', fr: 'Ouverture' },
    kind: 'day',
    width: 12,
    value: ({ call }) => call.opensAt && brusselsDay(call.opensAt),
  },
  {
    key: 'next-deadline',
    header: { en: 'Next deadline (Brussels time)', fr: 'Prochaine échéance (heure de Bruxelles)' },
    kind: 'moment',
    width: 18,
    value: ({ call }, { now }) => {
      const d = next(call, now);
      return d && brusselsClock(d.at);
    },
  },
  {
    key: 'days-left',
    header: { en: 'Days left', fr: 'Jours restants' },
    kind: 'number',
    width: 10,
    value: ({ call }, { now }) => {
      const d = next(call, now);
      return d && daysLeft(now, d.at);
    },
  },
  {
    key: 'deadlines',
    header: { en: 'All deadlines', fr: 'Toutes les échéances' },
    kind: 'text',
    width: 34,
    value: ({ call }, { language }) =>
      call.content.deadlines.map((d) => deadlineForPeople(d, language)).join('\n') || null,
  },
  {
    key: 'budget',
    header: { en: 'Budget of the topic', fr: 'Budget du sujet' },
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.total ?? null,
  },
  {
    key: 'min-contribution',
    header: { en: 'Minimum contribution per project', fr: 'Contribution minimale par projet' },
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.minContribution ?? null,
  },
  {
    key: 'max-contribution',
    header: { en: 'Maximum contribution per project', fr: 'Contribution maximale par projet' },
    kind: 'amount',
    width: 16,
    value: ({ call }) => call.content.budget?.maxContribution ?? null,
  },
  {
    key: 'currency',
    header: { en: 'Currency', fr: 'Devise' },
    kind: 'text',
    width: 9,
    value: ({
      call: {
        content: { budget },
      },
    }) => (budget && budget.currency !== NO_CURRENCY ? budget.currency : null),
  },
];

/** Where to read on. */
export const LINK_COLUMNS: Column<HasCall>[] = [
  {
    key: 'page',
    header: { en: 'Page in carnot-europe', fr: 'Fiche dans carnot-europe' },
    kind: 'link',
    width: 24,
    value: ({ call }, { home }) => linkTo(`${home}/calls/${call.id}`),
  },
  {
    key: 'source-page',
    header: { en: 'Page of the source', fr: 'Page de la source' },
    kind: 'link',
    width: 30,
    value: ({ call }) => linkTo(webAddress(call.content.url)),
  },
];

/** All calls: the columns in their order for good. New ones come at the end. */
export const CALL_COLUMNS: Column<HasCall>[] = [
  ...KEY_COLUMNS,
  ...FACT_COLUMNS,
  ...LINK_COLUMNS,
  {
    key: 'first-seen',
    header: { en: 'First seen', fr: 'Vu pour la première fois' },
    kind: 'day',
    width: 12,
    value: ({ call }) => brusselsDay(call.firstSeenAt),
  },
  ...KIND_COLUMNS,
];
