import { z } from 'zod';
import { inBrussels } from '../../../../kernel/brussels.js';
import { storableJson } from '../../../../kernel/storable.js';
import { CarnotError } from '../../../../kernel/errors.js';
import type { ParsedPage, RawDocument, SourceRequest } from '../../../domain/source.js';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const Iso = z.iso.datetime({ offset: true });
const Day = z.iso.date();

/** Converts "19 May 2020", as some topics' actions write it. */
function inWords(text: string): string {
  const [, day, month, year] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text) ?? [];
  const number = month === undefined ? 0 : MONTHS.indexOf(month.toLowerCase()) + 1;
  return number ? `${year}-${String(number).padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
}

/**
 * Strips the zone of "2024-09-27+02:00 Europe/Brussels", as in notes and the portal's own files, and keeps
 * the day as written.
 */
const withoutZone = (text: string): string =>
  /^(\d{4}-\d\d-\d\d)[+-]\d\d:\d\d(?: [A-Za-z]+\/[A-Za-z_]+)?$/.exec(text)?.[1] ?? text;

/** Milliseconds since 1970: twelve or thirteen digits reach from 1973 to 2286. */
const fromEpoch = (text: string): string =>
  /^\d{12,13}$/.test(text) ? new Date(Number(text)).toISOString() : text;

/**
 * Returns an instant in ISO 8601 from the portal's formats: with +0000 for Z, a plain date or one with the
 * offset of its day (then midnight UTC), a date in English words, milliseconds. Throws for any other:
 * Date.parse would accept nearly any text.
 */
export function portalDate(text: string): string {
  const iso = fromEpoch(withoutZone(inWords(text.trim()))).replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const whole = Day.safeParse(iso).success ? `${iso}T00:00:00Z` : iso;
  if (!Iso.safeParse(whole).success) throw new Error(`"${text}" is not a date`);
  return new Date(whole).toISOString();
}

/**
 * Milliseconds since 1970, as in the portal's list. Seconds would fall in 1970, and are thus recognised and
 * rejected.
 */
export const PortalMs = z.number().int().min(Date.UTC(2000)).max(Date.UTC(9999));

/**
 * A date at the start of a text, whatever zone or time follows: "2024-09-27+02:00 Europe/Brussels", an
 * instant.
 */
const WRITTEN_DAY = /^(\d{4}-\d{2}-\d{2})(?=$|[TZ+\s-])/;

/** Returns the day as written; for a number, the day in Brussels. Throws if there is none. */
export function portalDay(written: string | number): string {
  const text = typeof written === 'string' ? written.trim() : written;
  if (typeof text === 'number' || /^\d{12,14}$/.test(text))
    return inBrussels(new Date(PortalMs.parse(Number(text)))).slice(0, 10);
  const day = WRITTEN_DAY.exec(text)?.[1] ?? portalDate(text).slice(0, 10);
  if (!Day.safeParse(day).success) throw new Error(`"${text}" is not a date`);
  return day;
}

/** A page of a search: how many rows there are in all, and those of the page. */
export const SearchAnswer = z.object({
  totalResults: z.number().int().nonnegative(),
  results: z.array(z.unknown()),
});

/** Parses the JSON of a search answer. Throws if it is a page for a browser, or truncated. */
export function readJson(document: Pick<RawDocument, 'bytes'>): unknown {
  const text = document.bytes.toString('utf8').replace(/^\ufeff/, '');
  if (/^\s*</.test(text))
    throw new CarnotError(
      'Challenge',
      'the portal answered with a page for a browser instead of JSON',
      'later',
    );
  try {
    return storableJson(text);
  } catch (cause) {
    throw new CarnotError('Truncated', 'the answer is cut off: it is not whole JSON', 'later', { cause });
  }
}

/** Returns in one line why a row could not be read. */
export const whyUnread = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
    : (error as Error).message;

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

const Lists = z.record(z.string(), z.array(z.string()));
/** If the fields are at the top of a row, its language is one of them and a list too. */
const Language = z.union([
  z.string(),
  z
    .array(z.string())
    .min(1)
    .transform((list) => list[0]!),
]);
const Envelope = z.looseObject({
  reference: z.string(),
  language: Language,
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** A row of the search's answer: its name and its fields, each with a list of values. */
export interface Row {
  reference: string;
  language: string;
  metadata: Record<string, string[]>;
}

/** The only field name in capitals: the system that a row comes from. */
const SOURCE = 'DATASOURCE';

/** Returns those of the fields that are lists of texts. */
function listsIn(row: Record<string, unknown>): Record<string, string[]> {
  const lists = Object.entries(row).flatMap(([name, value]) => {
    const list = z.array(z.string()).safeParse(value);
    return list.success
      ? [[name.toLowerCase() === SOURCE.toLowerCase() ? SOURCE : name, list.data] as const]
      : [];
  });
  return Object.fromEntries(lists);
}

/**
 * Reads a row. A few cascade calls have no `metadata`: the same fields are at the top, with their source in
 * lower case. Throws if neither form applies.
 */
export function rowOf(row: unknown): Row {
  const { reference, language, metadata, ...rest } = Envelope.parse(row);
  if (metadata) return { reference, language, metadata: Lists.parse(metadata) };
  const atTop = listsIn(rest);
  if (!atTop['type'])
    throw new Error('metadata is missing, and the fields do not stand at the top of the row either');
  return { reference, language, metadata: atTop };
}

/** Returns what a row is called by, also if it has fields in another form. Throws if it has no name. */
export function namesOf(row: unknown): Row {
  const { reference, language, metadata, ...rest } = Envelope.parse(row);
  return { reference, language, metadata: listsIn(metadata ?? rest) };
}

/**
 * Reads a row into what its page shows; one that cannot be read is noted as unread, under its name or another
 * one.
 */
export function readInto(
  { unread }: Pick<ParsedPage, 'unread'>,
  row: unknown,
  read: (row: Row) => void,
  nameOf: (row: Row) => string = ({ reference }) => reference,
): void {
  let reference: string | null = null;
  try {
    reference = nameOf(namesOf(row));
    read(rowOf(row));
  } catch (error) {
    unread.push({ reference, why: whyUnread(error) });
  }
}

/** The system of the portal that current calls come from. */
const CURRENT = 'SEDIA';

/**
 * Returns why a row is no current call, null if it may be one: the portal's earlier system left copies in the
 * same index.
 */
export function leftoverOf({ reference, language, metadata }: Row): { key: string; why: string } | null {
  const source = metadata[SOURCE]?.[0];
  if (source === undefined || source === CURRENT) return null;
  return {
    key: `${source}/${reference}/${language}`,
    why: `it comes from ${source} and not from ${CURRENT}`,
  };
}

/** The fields of a row by name. */
export class Fields {
  constructor(private readonly lists: Record<string, string[]>) {}

  all(field: string): string[] {
    return this.lists[field] ?? [];
  }

  /** Returns the first value, undefined if there is none or it is empty. */
  first(field: string): string | undefined {
    return this.all(field)[0] || undefined;
  }

  /**
   * Returns a validated value from JSON in a string; undefined if there is none. Throws if it is not in that
   * form.
   */
  json<T>(field: string, schema: z.ZodType<T>): T | undefined {
    const text = this.first(field);
    return text === undefined ? undefined : schema.parse(storableJson(text));
  }

  /** Returns words one by one: old rows have a JSON list of them in one string. */
  words(field: string): string[] {
    return this.all(field).flatMap((value) => {
      if (!value.startsWith('[')) return [value];
      try {
        return z.array(z.string()).parse(storableJson(value));
      } catch {
        return [value];
      }
    });
  }
}
