import { INBOX_FIELDS, type InboxQuery } from '../domain/inbox-filters.js';
import { isoDay } from '../../ui/dates.js';
import { withQuery } from '../../ui/query.js';

/** What narrows the list beside its state. */
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

/** A filter as it stands in an address and in a form's field; empty where it is not set. */
export function filterText(query: InboxQuery, name: FilterName): string {
  const value = query[name];
  return value === undefined || value === false
    ? ''
    : typeof value === 'string' && name.startsWith('deadline')
      ? isoDay(value)
      : String(value);
}

/** The filters that are set. */
export const activeFilters = (query: InboxQuery): FilterName[] =>
  FILTERS.filter((name) => filterText(query, name) !== '');

type Change = Partial<Record<FilterName | 'state' | 'cursor', string | null>>;

/** The filters as an address has them, some of them changed; the page within the list is left behind. */
export function filtersIn(query: InboxQuery, change: Change = {}): string {
  const now = Object.fromEntries(FILTERS.map((name) => [name, filterText(query, name)]));
  return withQuery('', {
    state: query.state === 'undecided' ? null : query.state,
    ...now,
    ...change,
  }).replace(/^\?/, '');
}

/** The inbox's address with these filters, some of them changed. */
export function inboxAddress(profileId: string, query: InboxQuery, change: Change = {}): string {
  const filters = filtersIn(query, change);
  return filters === '' ? inboxPath(profileId) : `${inboxPath(profileId)}?${filters}`;
}
