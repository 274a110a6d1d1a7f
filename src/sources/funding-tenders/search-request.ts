import type { SourceRequest } from '../../domain/source/source.js';

/** The service gives 100 rows a page at most, whatever is asked. */
export const PAGE_SIZE = 100;

/** Grants, external actions and cascade calls that are forthcoming or open. */
const ALL = [{ terms: { type: ['1', '2', '8'] } }, { terms: { status: ['31094501', '31094502'] } }];
const BOUNDARY = 'carnot-europe-search-request';

/** Each part must be typed application/json: an untyped one is ignored without a word, filter and all. */
const part = (name: string, value: unknown): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="blob"\r\n` +
  `Content-Type: application/json\r\n\r\n${JSON.stringify(value)}\r\n`;

/**
 * One page of the search. Rows that tie on the sort keys come in a new order at each request, and a walk over such pages
 * loses some; the reference is in every row and in none twice, so no two rows tie on it. `references` asks for these alone.
 */
export function searchRequest(
  key: string,
  page: { number: number; size: number; order: 'ASC' | 'DESC'; languages: string[]; references?: string[] },
): SourceRequest {
  const must = [...ALL, ...(page.references ? [{ terms: { REFERENCE: page.references } }] : [])];
  const parts = [
    part('query', { bool: { must } }),
    part('languages', page.languages),
    part('sort', [{ field: 'REFERENCE', order: page.order }, { field: 'language', order: page.order }]),
  ];
  return {
    key,
    path: `/search-api/prod/rest/search?apiKey=SEDIA&text=***&pageSize=${page.size}&pageNumber=${page.number}`,
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, accept: 'application/json' },
    body: `${parts.join('')}--${BOUNDARY}--\r\n`,
  };
}
