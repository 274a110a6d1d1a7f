import type { SourceRequest } from '../../domain/source.js';
import { get } from '../_kit/requests.js';

export const ORIGIN = 'https://ec.europa.eu';
const API = '/transparency/comitology-register/core/api';

/** The programme committee of Horizon Europe: the strategic configuration, then one for each part. */
export const COMMITTEES = [
  'C70400',
  'C70403',
  'C70405',
  'C70406',
  'C70407',
  'C70408',
  'C70409',
  'C70410',
  'C70411',
  'C70412',
];

/** The most rows that the register returns at once. */
export const PAGE_SIZE = 100;

const SORTS = { 1: 'updateDate,desc', 2: 'creationDate,asc' } as const;

/** Requests a page of the list of documents; `round` counts how often it is asked for. */
export function listRequest(
  scan: 1 | 2,
  number: number,
  round: number,
  { committees, since }: { committees: readonly string[]; since: string | null },
): SourceRequest {
  return {
    key: `list: ${number}.${round}`,
    path: `${API}/front/documents/search?page=${number}&size=${PAGE_SIZE}&sort=${SORTS[scan]}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      reset: true,
      committeeCodes: committees,
      ...(since !== null && { documentStartDate: since }),
    }),
  };
}

export const listPlace = (key: string): { number: number; round: number } | null => {
  const [, number, round] = /^list: (\d+)\.(\d+)$/.exec(key) ?? [];
  return number === undefined ? null : { number: Number(number), round: Number(round) };
};

/** Requests the files of a document. `document` is its reference and version: 115416/3. */
export const documentRequest = (document: string): SourceRequest => ({
  ...get(`document: ${document}`, `${API}/front/documents/${document}`),
  mayBeGone: true,
});

/**
 * Requests a file. A run goes on without one that cannot be had or read; it is asked for again the next time.
 */
export const fileRequest = (document: string, id: number): SourceRequest => ({
  ...get(`file: ${document} ${id}`, `${API}/integration/ers/${id}/${document}/attachment`),
  aside: 'extra',
});

export const fileIn = (key: string): { document: string; id: number } | null => {
  const [, document, id] = /^file: (\d+\/\d+) (\d+)$/.exec(key) ?? [];
  return document === undefined ? null : { document, id: Number(id) };
};
