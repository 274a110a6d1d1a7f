import type { SourceRequest } from '../../../domain/source.js';

/** The service returns at most 100 rows per page, whatever is requested. */
export const PAGE_SIZE = 100;

const BOUNDARY = 'carnot-europe-search-request';

/** Each part must be typed application/json: untyped ones are silently ignored, filters included. */
const part = (name: string, value: unknown): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="blob"\r\n` +
  `Content-Type: application/json\r\n\r\n${JSON.stringify(value)}\r\n`;

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

/** Requests one page of a search in the portal. `parts` are the form parts, in the order of the body. */
export const search = (
  key: string,
  { number, size }: { number: number; size: number },
  parts: Record<string, unknown>,
  apiKey = 'SEDIA',
): SourceRequest =>
  request(key, `search?apiKey=${apiKey}&text=***&pageSize=${size}&pageNumber=${number}`, parts);

/** Requests the field values of all results of a search, and their names. */
export const facet = (key: string, parts: Record<string, unknown>): SourceRequest =>
  request(key, 'facet?apiKey=SEDIA&text=***', parts);
