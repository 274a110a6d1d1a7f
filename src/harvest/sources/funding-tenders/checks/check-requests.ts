import { z } from 'zod';
import type { CheckAnswer, CheckAnswers, CheckRequest } from '../../../domain/check.js';
import { readJson } from '../answer.js';
import { rowOf, type Row } from '../row.js';
import {
  ALIVE,
  facet,
  KINDS,
  LEFTOVERS,
  NO_CALLS,
  PAGE_SIZE,
  search,
  searchRequest,
  type Kind,
} from '../search-request.js';

/** More rows than a page holds. */
const TOO_MANY = 150;
/** Enough to see an order, or a form. */
const FEW = 20;
/** The beginning of a list of 130 megabytes. */
const BEGINNING = 16_384;

const language = 'en';

/** The first page of a kind, in the order in which a harvest walks it. */
export const sorted = (kind: Kind, size = PAGE_SIZE): CheckRequest => {
  const key = size === PAGE_SIZE ? kind.name : `${kind.name}, ${size} rows asked for`;
  return searchRequest(key, kind, {
    number: 1,
    size,
    language,
    sort: { field: kind.fields[0]!, order: 'ASC' },
  });
};

/** As many as there are of a kind in no order. */
export const counted = (kind: Kind): CheckRequest =>
  searchRequest(`${kind.name}, unsorted`, kind, { number: 1, size: 1, language, sort: null });

export const GRANTS = KINDS[0]!;
export const AGAIN = sorted(GRANTS, TOO_MANY);

const leftovers = (key: string, bool: object): CheckRequest =>
  search(key, { number: 1, size: 1 }, { query: { bool }, languages: [language] });
const asked = { must: [ALIVE, { terms: { DATASOURCE: [LEFTOVERS] } }] };

/** What the earlier system left, and what is left of it where it is ruled out: nothing. */
export const LEFT = leftovers('leftovers', asked);
export const RULED_OUT = leftovers('leftovers, ruled out', { ...asked, must_not: [NO_CALLS] });

/** A few records of another type, the newest first where that can be asked for. */
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

/**
 * A topic in full, by its identifier in small letters and as it is written; none as long as no topic is
 * known.
 */
export const detailsOf = (identifier: string): CheckRequest =>
  topic('a topic in full', identifier.toLowerCase());
export const asWritten = (identifier: string): CheckRequest =>
  topic('a topic in full, as written', identifier);

const Answer = z.object({ totalResults: z.number().int().nonnegative(), results: z.array(z.unknown()) });

/** A page of the search: its total and its rows, as they came. Throws where it is none. */
export function pageIn(seen: CheckAnswers, { key }: CheckRequest): { total: number; rows: unknown[] } {
  const answer = Answer.safeParse(readJson(seen.document(key)));
  if (!answer.success) throw new Error(`not a page of the search: ${z.prettifyError(answer.error)}`);
  return { total: answer.data.totalResults, rows: answer.data.results };
}

/** What of a document is JSON of this form. Throws where it is not. */
export function formed<T>(answer: CheckAnswer, schema: z.ZodType<T>): T {
  const read = schema.safeParse(readJson(answer));
  if (!read.success) throw new Error(`another form: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** What a row is called, wherever its fields stand. */
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

/** The names and languages of a page's rows. Throws where a row has none. */
export const namesIn = (seen: CheckAnswers, request: CheckRequest): z.infer<typeof Named>[] =>
  pageIn(seen, request).rows.map((row) => Named.parse(row));

/** The rows of a page whose fields are where they should be. */
export function readableIn(seen: CheckAnswers, request: CheckRequest): Row[] {
  return pageIn(seen, request).rows.flatMap((row) => {
    try {
      return [rowOf(row)];
    } catch {
      return [];
    }
  });
}

/**
 * The same, of a page that is to show what its rows are made of. Throws where there are too few of them for
 * that.
 */
export function rowsIn(seen: CheckAnswers, request: CheckRequest): Row[] {
  const [all, rows] = [pageIn(seen, request).rows.length, readableIn(seen, request)];
  if (!all) throw new Error('no rows');
  if (rows.length * 2 < all)
    throw new Error(`${rows.length} of ${all} rows have their fields where they are known to stand`);
  return rows;
}

/**
 * The topic whose deadline is the farthest, to ask for it in full: old ones stand in the index too. Null
 * where none can be read.
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
