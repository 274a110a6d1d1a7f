import type { PortalRecord } from './sample-records.js';

/**
 * The part of the query language that the program uses; like the portal, anything else matches everything.
 */
interface Clause {
  bool?: { must?: Clause[]; filter?: Clause[]; should?: Clause[]; must_not?: Clause[] };
  terms?: Record<string, string[]>;
  term?: Record<string, string | { value: string }>;
  exists?: { field: string };
}

/** A search request, read from the parts of its body. */
export interface Search {
  query?: Clause | undefined;
  languages?: string[] | undefined;
  sort?: SortKey | undefined;
}

interface SortKey {
  field: string;
  order?: string;
}

type Row = PortalRecord;

const ALL_LANGUAGES = ['en', 'fr', 'de'];

function matches(row: Row, { bool, terms, term, exists }: Clause): boolean {
  const values = (field: string) => (row.flat && field === 'DATASOURCE' ? [] : (row.metadata[field] ?? []));
  if (bool) {
    const all = [...(bool.must ?? []), ...(bool.filter ?? [])].every((clause) => matches(row, clause));
    const any = !bool.should?.length || bool.should.some((clause) => matches(row, clause));
    return all && any && !(bool.must_not ?? []).some((clause) => matches(row, clause));
  }
  if (terms)
    return Object.entries(terms).every(([field, wanted]) => values(field).some((x) => wanted.includes(x)));
  if (term) {
    return Object.entries(term).every(([field, wanted]) =>
      values(field).includes(typeof wanted === 'object' ? wanted.value : String(wanted)),
    );
  }
  return exists ? values(exists.field).length > 0 : true;
}

/** Records never change, so each translation is made once. */
const made = new WeakMap<Row, Map<string, Row>>();

/** Returns the record in another language; like most on the portal, its texts stay English. */
function translated(record: Row, language: string): Row {
  const known = made.get(record) ?? new Map<string, Row>();
  made.set(record, known);
  const reference = record.reference.replace(/en$/, language);
  const row = known.get(language) ?? {
    ...record,
    reference,
    language,
    metadata: { ...record.metadata, language: [language] },
  };
  known.set(language, row);
  return row;
}

function compare(a: Row, b: Row, keys: SortKey[]): number {
  for (const { field, order } of keys) {
    const [x = '', y = ''] = [a.metadata[field]?.[0], b.metadata[field]?.[0]];
    if (x !== y) return (x < y ? -1 : 1) * (/^desc/i.test(order ?? '') ? -1 : 1);
  }
  return 0;
}

/** Unordered search results, cached because paging repeats the same search. */
const answered = new WeakMap<Row[], Map<string, Row[]>>();

function answersTo(records: Row[], query: Clause | undefined, languages: string[], keys: SortKey[]): Row[] {
  const known = answered.get(records) ?? new Map<string, Row[]>();
  answered.set(records, known);
  const name = JSON.stringify([query, languages, keys]);
  const rows =
    known.get(name) ??
    records
      .flatMap((record) => languages.map((language) => translated(record, language)))
      .filter((row) => !query || matches(row, query))
      .filter((row) => keys.every((key) => row.metadata[key.field]?.length));
  known.set(name, rows);
  return rows;
}

/**
 * Returns all rows that match a search, in order. As on the portal, records without the sort field are left
 * out, a list of sort fields is ignored, and ties are in random order on each call, so that paging without a
 * unique order loses rows.
 */
export function rowsFor(records: Row[], search: Search, random: () => number): Row[] {
  const { query, languages, sort } = search;
  const keys = sort && !Array.isArray(sort) ? [sort] : [];
  const wanted = languages?.length ? languages : ALL_LANGUAGES;
  return answersTo(records, query, wanted, keys)
    .map((row) => ({ row, tie: random() }))
    .sort((a, b) => compare(a.row, b.row, keys) || a.tie - b.tie)
    .map(({ row }) => row);
}
