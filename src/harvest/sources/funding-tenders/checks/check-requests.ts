import { z } from 'zod';
import type { CheckAnswer, CheckAnswers, CheckRequest } from '../../../domain/check.js';
import { facet, PAGE_SIZE, readJson, type Row, rowOf, search, SearchAnswer } from '../../_kit/portal/row.js';
import { ALIVE, KINDS, LEFTOVERS, NO_CALLS, searchRequest, type Kind } from '../plan-scan.js';

/** More rows than a page can hold. */
const TOO_MANY = 150;
/** Enough rows to see an order, or a form. */
const FEW = 20;
/** The size of the excerpt from a list of 130 megabytes. */
const BEGINNING = 16_384;

const language = 'en';

/** Requests the first page of a kind, in the order in which a harvest reads it. */
export const sorted = (kind: Kind, size = PAGE_SIZE): CheckRequest => {
  const key = size === PAGE_SIZE ? kind.name : `${kind.name}, ${size} rows asked for`;
  return searchRequest(key, kind, {
    number: 1,
    size,
    language,
    sort: { field: kind.fields[0]!, order: 'ASC' },
  });
};

/** Requests the number of calls of a kind, unsorted. */
export const counted = (kind: Kind): CheckRequest =>
  searchRequest(`${kind.name}, unsorted`, kind, { number: 1, size: 1, language, sort: null });

export const GRANTS = KINDS[0]!;
export const AGAIN = sorted(GRANTS, TOO_MANY);

const leftovers = (key: string, bool: object): CheckRequest =>
  search(key, { number: 1, size: 1 }, { query: { bool }, languages: [language] });
const asked = { must: [ALIVE, { terms: { DATASOURCE: [LEFTOVERS] } }] };

/** Requests what the earlier system left behind, and the same with it ruled out, which must be empty. */
export const LEFT = leftovers('leftovers', asked);
export const RULED_OUT = leftovers('leftovers, ruled out', { ...asked, must_not: [NO_CALLS] });

/** Requests a few records of another type, newest first if that can be sorted. */
const records = (key: string, type: string, sort: object | null, apiKey?: string): CheckRequest =>
  search(
    key,
    { number: 1, size: FEW },
    {
      query: { bool: { must: [{ terms: { type: [type] } }] } },
      languages: [language],
      ...(sort && { sort }),
    },
    apiKey,
  );

export const NOTES = records('notes', '6', { field: 'startDate', order: 'DESC' });
export const PARTNERS = records('partner searches', 'ANNOUNCEMENT', null, 'SEDIA_PERSON');

export const PROGRAMMES = facet('programmes', {
  query: { bool: { must: [{ terms: { type: KINDS.map((k) => k.type) } }, ALIVE] } },
  languages: [language],
});

const file = (key: string, path: string, headers: Record<string, string> = {}): CheckRequest => ({
  key,
  path,
  at: 'list',
  method: 'GET',
  headers: { accept: 'application/json', ...headers },
  body: null,
});

const FILES = '/info/funding-tenders/opportunities/data';
export const LIST = file('list, its beginning', `${FILES}/referenceData/grantsTenders.json`, {
  range: `bytes=0-${BEGINNING - 1}`,
});

const topic = (key: string, identifier: string): CheckRequest =>
  file(key, `${FILES}/topicDetails/${encodeURIComponent(identifier)}.json`);

/** Requests a topic's own file, by its identifier in lower case, and as written. */
export const detailsOf = (identifier: string): CheckRequest =>
  topic('a topic in full', identifier.toLowerCase());
export const asWritten = (identifier: string): CheckRequest =>
  topic('a topic in full, as written', identifier);

/** Returns a page of the search: its total and its raw rows. Throws if it is not one. */
export function pageIn(seen: CheckAnswers, { key }: CheckRequest): { total: number; rows: unknown[] } {
  const answer = SearchAnswer.safeParse(readJson(seen.document(key)));
  if (!answer.success) throw new Error(`not a page of the search: ${z.prettifyError(answer.error)}`);
  return { total: answer.data.totalResults, rows: answer.data.results };
}

/** Parses a document as JSON of this form. Throws if it is not. */
export function formed<T>(answer: CheckAnswer, schema: z.ZodType<T>): T {
  const read = schema.safeParse(readJson(answer));
  if (!read.success) throw new Error(`another form: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The name of a row, wherever its fields are. */
const Named = z.looseObject({
  reference: z.string(),
  language: z.union([
    z.string(),
    z
      .array(z.string())
      .min(1)
      .transform((list) => list[0]!),
  ]),
});

/** Returns the names and languages of a page's rows. Throws if a row has none. */
export const namesIn = (seen: CheckAnswers, request: CheckRequest): z.infer<typeof Named>[] =>
  pageIn(seen, request).rows.map((row) => Named.parse(row));

/** Returns the rows of a page whose fields are in the expected place. */
export function readableIn(seen: CheckAnswers, request: CheckRequest): Row[] {
  return pageIn(seen, request).rows.flatMap((row) => {
    try {
      return [rowOf(row)];
    } catch {
      return [];
    }
  });
}

/** Returns the same for a page used to check the form of its rows. Throws if too few are readable. */
export function rowsIn(seen: CheckAnswers, request: CheckRequest): Row[] {
  const [all, rows] = [pageIn(seen, request).rows.length, readableIn(seen, request)];
  if (!all) throw new Error('no rows');
  if (rows.length * 2 < all)
    throw new Error(`${rows.length} of ${all} rows have their fields where they are known to stand`);
  return rows;
}

/**
 * Returns the topic with the latest deadline, to request it in full: the index also has old ones. Null if
 * none can be read.
 */
export function someTopic(seen: CheckAnswers): string | null {
  if (!seen.has(sorted(GRANTS).key)) return null;
  try {
    const last = (row: Row): string => row.metadata['deadlineDate']?.at(-1) ?? '';
    const topics = readableIn(seen, sorted(GRANTS)).filter((row) =>
      /[A-Z]/.test(row.metadata['identifier']?.[0] ?? ''),
    );
    return topics.sort((a, b) => (last(a) < last(b) ? 1 : -1))[0]?.metadata['identifier']![0] ?? null;
  } catch {
    return null;
  }
}
