import type { SourceRequest } from '../../domain/source.js';
import { get, pathOn } from '../_kit/requests.js';

export const ORIGIN = 'https://www.appelsprojetsrecherche.fr';

/** Its deadlines are in the time of Paris, which the file does not say. */
export const ZONE = 'Europe/Paris';

/** The whole list, closed calls included. */
export const LIST: SourceRequest = { ...get('list', '/export-csv'), headers: { accept: 'text/csv' } };

const SEARCH = '/ajax/search-call-for-proposals';
const CARDS = 50;

const search = (number: number, statuses: string[]): Omit<SourceRequest, 'key'> => ({
  path: `${SEARCH}?page=${number}&nbElementsPerPage=${CARDS}`,
  method: 'POST',
  headers: {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'x-requested-with': 'XMLHttpRequest',
  },
  body: new URLSearchParams([
    ['call_for_proposal_search[terms]', ''],
    ['call_for_proposal_search[sort]', 'publicationBeginDate-desc'],
    ...statuses.map((status) => ['call_for_proposal_search[status][]', status]),
  ]).toString(),
});

/** The site's own search over all calls: its total says how many rows the list must have. */
export const COUNT: SourceRequest = { key: 'count', ...search(1, []) };

/** A page of the cards of calls that are open or announced, counted from 1. */
export const livingRequest = (number: number): SourceRequest => ({
  key: `living ${number}`,
  ...search(number, ['open', 'upcoming']),
});

/** The link by which a page of cards names the next one. */
export const nextCards = (number: number): string => `${SEARCH}?page=${number + 1}`;
export const cardsIn = (link: string): number | null => {
  const [, number] = /^\/ajax\/search-call-for-proposals\?page=(\d+)$/.exec(link) ?? [];
  return number === undefined ? null : Number(number);
};

/** Returns the name of a call in the path of its page, null for any other path. It is the call's key. */
export const callIn = (path: string): string | null =>
  /^\/appel\/([^/?#]+)\/?(?:[?#]|$)/.exec(path)?.[1] ?? null;

/** Returns the name of a call in an address of its page. */
export const callAt = (address: string | undefined): string | null => {
  const path = pathOn(ORIGIN, address);
  return path === null ? null : callIn(path);
};

export const pageOf = (reference: string): string => `/appel/${reference}`;

/**
 * Requests a call's page. Its link has what the list says of the call, and `status` what its card does. The
 * list stands without it.
 */
export const pageRequest = (link: string, status: string): SourceRequest => ({
  ...get(`${status} ${link}`, link.split('#', 1)[0]!),
  aside: 'extra',
  mayBeGone: true,
});
