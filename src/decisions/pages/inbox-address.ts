import { inboxPath } from '../../access/domain/landing.js';
import { INBOX_FIELDS, type InboxQuery } from '../domain/inbox-filters.js';
import { dayText, isoDay } from '../../ui/dates.js';
import { withQuery } from '../../ui/address.js';
import { readQuery } from '../../ui/form.js';
import type { STATUSES } from '../../calls/domain/status.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import type { LabelsIn } from '../../profiles/domain/names-in.js';
import type { Viewer } from '../../ui/viewer.js';

/** The filters of the list, apart from its state. */
const FILTERS = [
  'q',
  'minScore',
  'status',
  'programme',
  'typeOfAction',
  'competence',
  'days',
  'deadlineAfter',
  'deadlineBefore',
  'budgetMin',
  'changed',
] as const satisfies readonly (keyof typeof INBOX_FIELDS)[];
export type FilterName = (typeof FILTERS)[number];

/** Returns the value of a filter in a URL or form field; empty if not set. */
export function filterText(query: InboxQuery, name: FilterName): string {
  const value = query[name];
  return value === undefined || value === false
    ? ''
    : typeof value === 'string' && name.startsWith('deadline')
      ? isoDay(value)
      : String(value);
}

export const activeFilters = (query: InboxQuery): FilterName[] =>
  FILTERS.filter((name) => filterText(query, name) !== '');

/** Returns the filters that a query string has; what it has besides is ignored. */
export const inboxQueryIn = (filters: string | URLSearchParams): InboxQuery =>
  readQuery(INBOX_FIELDS, Object.fromEntries(new URLSearchParams(filters)));

type Change = Partial<Record<FilterName | 'state' | 'cursor', string | null>>;

/** Returns the filters as a query string, with some changed; drops the cursor. */
export function filtersIn(query: InboxQuery, change: Change = {}): string {
  const now = Object.fromEntries(FILTERS.map((name) => [name, filterText(query, name)]));
  return withQuery('', {
    state: query.state === 'undecided' ? null : query.state,
    ...now,
    ...change,
  }).replace(/^\?/, '');
}

/** Returns the URL of the inbox with these filters, some of them changed. */
export function inboxAddress(profileId: string, query: InboxQuery, change: Change = {}): string {
  const filters = filtersIn(query, change);
  return filters === '' ? inboxPath(profileId) : `${inboxPath(profileId)}?${filters}`;
}

/** Query parameters that are valid for one visit only. */
const ONCE = ['decided', 'unsaved', 'unsavedName'];

/**
 * Adds the call just decided on to the page's URL, so that the page can report it and offer to undo it;
 * removes earlier reports.
 */
export function withDecided(path: string, callId: string | null): string {
  const url = new URL(path, 'http://here');
  for (const name of ONCE) url.searchParams.delete(name);
  if (callId !== null) url.searchParams.set('decided', callId);
  return `${url.pathname}${url.search}`;
}

export function valueWords(v: Viewer, called: LabelsIn, name: FilterName, value: string): string {
  if (name === 'competence') return called(value);
  if (name === 'status')
    return value === 'any' ? v.t('inbox.status-any') : v.t(`status.${value as (typeof STATUSES)[number]}`);
  if (name === 'programme') return programmeName(value, v.language);
  if (name === 'days') return v.t('inbox.days', { n: Number(value) });
  if (name === 'minScore') return v.t('inbox.least', { n: Number(value) });
  if (name === 'budgetMin')
    return v.t('inbox.least', { n: amountForPeople(Number(value), 'EUR', v.language) });
  return name === 'deadlineAfter' || name === 'deadlineBefore' ? dayText(v, value) : value;
}

/** Returns an active filter, in words: "Type of action: IA". */
export function filterWords(v: Viewer, called: LabelsIn, query: InboxQuery, name: FilterName): string {
  if (name === 'changed') return v.t('inbox.filter.changed');
  return v.t('text.labelled', {
    label: v.t(`inbox.filter.${name}`),
    value: valueWords(v, called, name, filterText(query, name)),
  });
}
