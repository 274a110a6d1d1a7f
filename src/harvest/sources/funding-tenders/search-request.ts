import type { SourceRequest } from '../../domain/source.js';
import { NOTE_TYPE } from './notes.js';

/** The service gives 100 rows a page at most, whatever is asked. */
export const PAGE_SIZE = 100;

/** What the rows of a kind of call can be put in order by. */
export type SortField = 'identifier' | 'callIdentifier' | 'callccm2Id';

/** A kind of call, which is walked and counted by itself. */
export interface Kind {
  name: 'grants' | 'external-actions' | 'cascade-calls';
  /** The portal's code of it. */
  type: string;
  /**
   * What names a row of it, the best first. The service leaves out the rows that lack the field that it sorts
   * by.
   */
  fields: SortField[];
}

export const KINDS: Kind[] = [
  { name: 'grants', type: '1', fields: ['identifier', 'callIdentifier', 'callccm2Id'] },
  { name: 'external-actions', type: '2', fields: ['callIdentifier', 'identifier', 'callccm2Id'] },
  { name: 'cascade-calls', type: '8', fields: ['callccm2Id', 'callIdentifier', 'identifier'] },
];

/**
 * What stands in the same index and is no call of today: copies that the portal's earlier system left, many
 * of them flagged open, and questions and answers, which bear the codes of calls. They are ruled out by name:
 * asked for the current source alone, the service may lose the rows whose fields do not stand where they
 * should.
 */
export const LEFTOVERS = 'SEDIA_PRD_CENTRICITY';
export const NO_CALLS = { terms: { DATASOURCE: [LEFTOVERS, 'SEDIA_FAQ'] } };

/** Forthcoming and open. */
export const ALIVE = { terms: { status: ['31094501', '31094502'] } };

const BOUNDARY = 'carnot-europe-search-request';

/** Each part must be typed application/json: an untyped one is ignored without a word, filter and all. */
const part = (name: string, value: unknown): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="blob"\r\n` +
  `Content-Type: application/json\r\n\r\n${JSON.stringify(value)}\r\n`;

/** What a page is asked for. `sort` is one field: a list of several is ignored without a word. */
export interface Page {
  number: number;
  size: number;
  language: string;
  sort: { field: string; order: 'ASC' | 'DESC' } | null;
  /** Only the rows that have one of these values. */
  only?: { field: SortField; values: string[] };
}

function request(key: string, path: string, parts: Record<string, unknown>): SourceRequest {
  const body = Object.entries(parts)
    .map(([name, value]) => part(name, value))
    .join('');
  return {
    key,
    path: `/search-api/prod/rest/${path}`,
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, accept: 'application/json' },
    body: `${body}--${BOUNDARY}--\r\n`,
  };
}

/** One page of a search of the portal. `parts` is what it is asked for, in the order of the body. */
export const search = (
  key: string,
  { number, size }: Pick<Page, 'number' | 'size'>,
  parts: Record<string, unknown>,
  apiKey = 'SEDIA',
): SourceRequest =>
  request(key, `search?apiKey=${apiKey}&text=***&pageSize=${size}&pageNumber=${number}`, parts);

/** What values the fields of all that answers a search have, and what they are called. */
export const facet = (key: string, parts: Record<string, unknown>): SourceRequest =>
  request(key, 'facet?apiKey=SEDIA&text=***', parts);

/** The newest notes on topics, in the language that they are written in. */
export const notesRequest = (key: string): SourceRequest => ({
  ...search(
    key,
    { number: 1, size: PAGE_SIZE },
    {
      query: { bool: { must: [{ terms: { type: [NOTE_TYPE] } }], must_not: [NO_CALLS] } },
      languages: ['en'],
      sort: { field: 'startDate', order: 'DESC' },
    },
  ),
  aside: 'extra',
});

/** The names of all programmes by their codes, among other things that are counted. */
export const programmesRequest = (key: string): SourceRequest => {
  const parts = {
    query: { bool: { must: [{ terms: { type: KINDS.map((k) => k.type) } }] } },
    languages: ['en'],
  };
  return { ...facet(key, parts), aside: 'extra' };
};

/** Whether what was asked under this key is how many rows there are. */
export const isCount = ({ key }: { key: string }): boolean => /: count\.\d+$/.test(key);

/** One page of the living calls of a kind. */
export function searchRequest(key: string, { type }: Pick<Kind, 'type'>, page: Page): SourceRequest {
  const { language, sort, only } = page;
  const must = [
    { terms: { type: [type] } },
    ALIVE,
    ...(only ? [{ terms: { [only.field]: only.values } }] : []),
  ];
  return search(key, page, {
    query: { bool: { must, must_not: [NO_CALLS] } },
    languages: [language],
    ...(sort && { sort }),
  });
}
