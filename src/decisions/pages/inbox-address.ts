import { INBOX_FIELDS, type InboxQuery } from '../domain/inbox-filters.js';
import { isoDay } from '../../ui/dates.js';
import { withQuery } from '../../ui/address.js';
import { readQuery } from '../../ui/form.js';

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

export const inboxPath = (profileId: string): string => `/institutes/${profileId}/inbox`;

/** Returns the value of a filter in a URL or form field; empty if not set. */
export function filterText(query: InboxQuery, name: FilterName): string {
  const value = query[name];
  return value === undefined || value === false
    ? ''
    : typeof value === 'string' && name.startsWith('deadline')
      ? isoDay(value)
      : String(value);
}

/** Returns the active filters. */
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
