import { z } from 'zod';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { ShapeError } from '../../../kernel/errors.js';
import { webAddress } from '../../../kernel/web-address.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';
import type { ParsedPage, RawDocument, SourceDefinition, SourceRequest } from '../../domain/source.js';
import { columnName, readCsv } from './csv.js';
import { enteredText } from './html-text.js';
import { readJson, refusePage } from './page.js';
import { planRounds } from './plan-rounds.js';
import { get } from './requests.js';
import { zonedDate, zonedInstant } from './dates.js';

/** A list of calls in JSON: where its rows are, and how it is read on. Paths have dots: `data.items`. */
interface JsonList {
  /** Empty if the document itself is the list. */
  items: string;
  /** Where it says how many rows it has in all. */
  total?: string;
  /** The parameter that names the first row of a page, and how many a page has: needs a total. */
  pages?: { offset: string; size: number };
}

/** A list of calls with a column for each thing that is read of them. */
export interface Table {
  /** What its records are called in ours. */
  dataSource: string;
  /** Its path, with the query. */
  path: string;
  form: { csv: { delimiter: string } } | { json: JsonList };
  /** The time zone that its dates mean if they name none. */
  zone: string;
  language: string;
  columns: {
    id: string;
    title: string;
    closing: string;
    opening?: string;
    /** Each is a paragraph. */
    text?: readonly string[];
    link?: string;
    funder?: string;
  };
  /** Who pays for all of its calls, if no column says it. */
  funder?: string;
}

type Row = { cell: (column: string) => string } | { why: string };

/** Returns the value at a path in JSON. */
function valueAt(json: unknown, path: string): unknown {
  return path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], json);
}

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).filter(Boolean).join(', ')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : '';

const namedColumns = ({ columns: { text = [], ...rest } }: Table): string[] => [
  ...Object.values(rest),
  ...text,
];

interface List {
  total: number | null;
  rows: Row[];
}

function jsonList(document: RawDocument, { items, total }: JsonList, { columns }: Table): List {
  const json = readJson(document);
  const rows = z.array(z.record(z.string(), z.unknown())).safeParse(valueAt(json, items));
  if (!rows.success) throw new ShapeError(`the answer has no list of rows at "${items}"`);
  const stated = total === undefined ? null : valueAt(json, total);
  if (total !== undefined && !Number.isInteger(stated))
    throw new ShapeError(`the answer does not say at "${total}" how many rows there are`);
  for (const column of [columns.id, columns.title, columns.closing])
    if (rows.data.length && rows.data.every((row) => valueAt(row, column) === undefined))
      throw new ShapeError(`no row has ${column}`);
  return {
    total: stated as number | null,
    rows: rows.data.map((row) => ({ cell: (column) => textOf(valueAt(row, column)) })),
  };
}

function listIn(document: RawDocument, table: Table): List {
  refusePage(document);
  if ('json' in table.form) return jsonList(document, table.form.json, table);
  const rows = readCsv(document, table.form.csv.delimiter, namedColumns(table)).map((row): Row =>
    'why' in row ? row : { cell: (column) => row.cells[columnName(column)]! },
  );
  return { total: null, rows };
}

function callOf(cell: (column: string) => string, table: Table): ParsedCall {
  const { columns, zone, language, dataSource } = table;
  const told = (column: string | undefined): string => (column === undefined ? '' : cell(column).trim());
  const title = foldLine(enteredText(told(columns.title)));
  if (!title) throw new Error('it has no title');
  const text = (columns.text ?? []).map((column) => enteredText(told(column))).filter(Boolean);
  const [opensAt, deadline] = [
    zonedInstant(told(columns.opening), zone),
    zonedDate(told(columns.closing), zone),
  ];
  const funder = foldLine(told(columns.funder)) || table.funder;
  return {
    dataSource,
    reference: told(columns.id),
    language,
    title,
    kind: 'grant',
    identifier: null,
    callIdentifier: null,
    callTitle: null,
    programme: null,
    divisions: [],
    typesOfAction: [],
    sourceStatus: 'open',
    opensAt,
    deadlineModel: null,
    deadlines: deadline ? [deadline] : [],
    budget: null,
    destination: null,
    keywords: [],
    sections: text.length ? [{ kind: 'summary', title: '', text: text.join('\n') }] : [],
    url: webAddress(told(columns.link) || null),
    alsoAt: [],
    ...(funder && { funder }),
  };
}

/**
 * Parses a page of the list. Throws ShapeError if it, or every row of the first page, is in another form; the
 * last page may be a single row. Rows without a number of their own are told apart by their titles.
 */
function parse(document: RawDocument, table: Table): ParsedPage {
  const { total, rows } = listIn(document, table);
  const [calls, unread] = [new Map<string, ParsedCall>(), [] as ParsedPage['unread']];
  for (const row of rows) {
    const reference = 'why' in row ? null : row.cell(table.columns.id).trim() || null;
    try {
      if ('why' in row) throw new Error(row.why);
      const title = JSON.stringify(foldLine(row.cell(table.columns.title)));
      if (reference === null) throw new Error(`it has no ${table.columns.id}: ${title}`);
      if (calls.has(reference)) throw new Error(`its ${table.columns.id} is another row's too: ${title}`);
      calls.set(reference, callOf(row.cell, table));
    } catch (error) {
      unread.push({
        reference: calls.has(reference ?? '') ? null : reference,
        why: (error as Error).message,
      });
    }
  }
  if (unread.length && !calls.size && document.key.startsWith('list: 0.'))
    throw new ShapeError(`none of the list's ${unread.length} rows can be read: ${unread[0]!.why}`);
  return { total, calls: [...calls.values()], unread, links: [] };
}

const pagesOf = ({ form }: Pick<Table, 'form'>): JsonList['pages'] =>
  'json' in form ? form.json.pages : undefined;

/** Returns the request for a page of the list, counted from 0; `round` counts how often it is asked for. */
function request({ path, form }: Table, number: number, round: number): SourceRequest {
  const pages = pagesOf({ form });
  const at =
    pages && number > 0 ? `${path.includes('?') ? '&' : '?'}${pages.offset}=${number * pages.size}` : '';
  return {
    ...get(`list: ${number}.${round}`, `${path}${at}`),
    headers: { accept: 'json' in form ? 'application/json' : 'text/csv' },
  };
}

const pageIn = (seen: CheckAnswers, table: Table, number = 0): ParsedPage =>
  parse(seen.document(request(table, number, 1).key), table);

/** Whether there is a second page, as far as the first can be read: another check says if not. */
function goesOn(seen: CheckAnswers, table: Table): boolean {
  const pages = pagesOf(table);
  try {
    return pages !== undefined && (pageIn(seen, table).total ?? 0) > pages.size;
  } catch {
    return false;
  }
}

function judgeList(seen: CheckAnswers, table: Table): Seen {
  const { calls, unread, total } = pageIn(seen, table);
  const why = unread[0] ? `: ${unread[0].why}` : '';
  return {
    seen: `${calls.length} calls${total === null ? '' : ` of ${total}`}, ${unread.length} not read${why}`,
    holds: calls.length > 0 && unread.length * 50 <= calls.length,
  };
}

function judgeDates(seen: CheckAnswers, table: Table): Seen {
  const { calls } = pageIn(seen, table);
  if (!calls.length) throw new NothingToSee('the list has no call');
  const days = calls.flatMap((call) => call.deadlines.map(({ at }) => at.slice(0, 10))).sort();
  const last = days.length ? `, the last on ${days.at(-1)}` : '';
  return { seen: `${days.length} of ${calls.length} calls${last}`, holds: days.length > 0 };
}

function judgeFurtherPages(seen: CheckAnswers, table: Table): Seen {
  if (!goesOn(seen, table)) throw new NothingToSee('the list has one page');
  const known = new Set(pageIn(seen, table).calls.map((call) => call.reference));
  const others = pageIn(seen, table, 1).calls.filter((call) => !known.has(call.reference));
  return { seen: `${others.length} further calls`, holds: others.length > 0 };
}

const FIX = 'Save the answer as a fixture, and fix the columns named in the source.';

function checksOf(table: Table): SourceCheck[] {
  const [first, second] = [0, 1].map((number) => request(table, number, 1));
  const furtherPages: SourceCheck = {
    id: 'further-pages',
    assumption: 'The list goes on at the next row',
    otherwise: `Calls behind the first page are missing. ${FIX}`,
    requests: (seen) => (goesOn(seen, table) ? [first!, second!] : [first!]),
    judge: (seen) => judgeFurtherPages(seen, table),
  };
  return [
    {
      id: 'list',
      assumption: 'The list has the columns of a call',
      otherwise: `No call is found, and harvests are not accepted. ${FIX}`,
      requests: () => [first!],
      judge: (seen) => judgeList(seen, table),
    },
    {
      id: 'dates',
      assumption: 'Calls say when they close, in a known form',
      otherwise: `Calls have no deadline. ${FIX}`,
      requests: () => [first!],
      judge: (seen) => judgeDates(seen, table),
    },
    ...(pagesOf(table) ? [furtherPages] : []),
  ];
}

/** Returns how to read a list of calls that is one CSV file, or JSON in one page or several. */
export function tableSource(table: Table): Pick<SourceDefinition, 'plan' | 'parse' | 'checks'> {
  const pages = pagesOf(table);
  return {
    plan: (done) => {
      if (!pages) return done.length ? [] : [request(table, 0, 1)];
      const next = planRounds(done, pages.size, (number, round) => request(table, number, round));
      return next === 'whole' ? [] : next;
    },
    parse: (document) => parse(document, table),
    checks: checksOf(table),
  };
}
