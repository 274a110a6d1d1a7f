import { facet, PAGE_SIZE, search } from '../_kit/portal/row.js';
import type { SourceRequest } from '../../domain/source.js';
import { NOTE_TYPE } from './notes.js';

/** The fields by which the rows of a kind of call can be sorted. */
export type SortField = 'identifier' | 'callIdentifier' | 'callccm2Id';

/** A kind of call, read and counted separately. */
export interface Kind {
  name: 'grants' | 'external-actions' | 'cascade-calls';
  /** The portal's code for it. */
  type: string;
  /** Fields that identify a row, best first. The service omits rows that lack the field it sorts by. */
  fields: SortField[];
}

export const KINDS: Kind[] = [
  { name: 'grants', type: '1', fields: ['identifier', 'callIdentifier', 'callccm2Id'] },
  { name: 'external-actions', type: '2', fields: ['callIdentifier', 'identifier', 'callccm2Id'] },
  { name: 'cascade-calls', type: '8', fields: ['callccm2Id', 'callIdentifier', 'identifier'] },
];

/**
 * Entries in the same index that are no current calls: copies left by the portal's earlier system, many of
 * them flagged open, and questions and answers, which carry the codes of calls. They are excluded by name:
 * restricted to the current source, the service may lose rows whose fields are in the wrong place.
 */
export const LEFTOVERS = 'SEDIA_PRD_CENTRICITY';
export const NO_CALLS = { terms: { DATASOURCE: [LEFTOVERS, 'SEDIA_FAQ'] } };

/** Forthcoming and open. */
export const ALIVE = { terms: { status: ['31094501', '31094502'] } };

/** The parameters of a page. `sort` is one field: a list of several is silently ignored. */
export interface Page {
  number: number;
  size: number;
  language: string;
  sort: { field: string; order: 'ASC' | 'DESC' } | null;
  /** Only rows with one of these values. */
  only?: { field: SortField; values: string[] };
}

/** Requests the newest notes on topics, in their original language. */
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

/** Requests the names of all programmes by code, along with other facets. */
export const programmesRequest = (key: string): SourceRequest => {
  const parts = {
    query: { bool: { must: [{ terms: { type: KINDS.map((k) => k.type) } }] } },
    languages: ['en'],
  };
  return { ...facet(key, parts), aside: 'extra' };
};

export const isCount = ({ key }: { key: string }): boolean => /: count\.\d+$/.test(key);

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
