import { facet, PAGE_SIZE, search } from '../_kit/portal/row.js';
import {
  partOf,
  type PlanContext,
  type QuickCheckTarget,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { NOTE_TYPE } from './topic-facts.js';
import type { ListedTopic } from '../../domain/list.js';
import { scanOf } from '../../domain/scan-agreement.js';

/** The fields by which the rows of a kind of call can be sorted. */
type SortField = 'identifier' | 'callIdentifier' | 'callccm2Id';

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
interface Page {
  number: number;
  size: number;
  language: string;
  sort: { field: string; order: 'ASC' | 'DESC' } | null;
  /** Only rows with one of these values. */
  only?: { field: SortField; values: string[] };
}

/** Requests the newest notes on topics, in their original language. */
const notesRequest = (key: string): SourceRequest => ({
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
const programmesRequest = (key: string): SourceRequest => {
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

/**
 * Requests a topic's own file. Its name is the identifier in lower case: the original spelling is not found.
 * A file that is missing, or that the host does not give, keeps no other from being read.
 */
const fileOf = ({ identifier }: ListedTopic): SourceRequest => ({
  key: `topic ${identifier.toLowerCase()}`,
  path: `/info/funding-tenders/opportunities/data/topicDetails/${encodeURIComponent(identifier.toLowerCase())}.json`,
  method: 'GET',
  headers: { accept: 'application/json' },
  body: null,
  mayBeGone: true,
  aside: 'control',
  at: 'list',
});

/** Once a day, with the list: the topics one by one, and the names of the programmes. */
export const planDetails = (topics: ListedTopic[]): SourceRequest[] => [
  ...topics.map(fileOf),
  programmesRequest('programmes'),
];

/** The most tries per request in a scan; after that the scan stays incomplete (and is rejected). */
const MOST_TRIES = 6;

/**
 * How often all pages are read in one order before the next order is tried: tied rows come in a different
 * order each time, and some on no page.
 */
const ROUNDS = 2;

/** The last row that the service shows. Anything beyond stays unseen, and the scan is then rejected. */
const REACH = 10_000;

/** The order in which a kind's rows are read: by a field, or the service's own. */
type Order = SortField | 'unsorted';

/**
 * Parses the key of a request within a part: `identifier 3.2` is the second try of the third page by that
 * field, `count.1` the first count.
 */
const pageIn = (key: string): { order: string; number: number } => {
  const [, order = '', number = '0'] = /: (\S+) (\d+)\.\d+$/.exec(key) ?? [];
  return { order, number: Number(number) };
};

/**
 * Returns the total that most documents state; if tied, the larger, since every known fault of the service
 * hides rows.
 */
function agreedTotal(done: ReadDocument[]): { total: number; votes: number } {
  const votes = new Map<number, number>();
  for (const { page } of done)
    if (page.total !== null) votes.set(page.total, (votes.get(page.total) ?? 0) + 1);
  const [best] = [...votes].sort(([totalA, a], [totalB, b]) => b - a || totalB - totalA);
  return best ? { total: best[0], votes: best[1] } : { total: 0, votes: 0 };
}

const seenIn = (documents: ReadDocument[]): number =>
  scanOf(documents).parts.reduce((sum, { seen }) => sum + seen, 0);

/** The progress of a scan with one kind of call in one language. */
class PartWalk {
  private readonly name: string;
  private readonly done: ReadDocument[];
  private readonly counts: ReadDocument[];

  constructor(
    private readonly kind: Kind,
    private readonly language: string,
    private readonly scan: 1 | 2,
    done: ReadDocument[],
  ) {
    this.name = `${kind.name}-${language}`;
    this.done = done.filter((d) => partOf(d.key) === this.name);
    this.counts = this.done.filter(isCount);
  }

  /** Returns the next requests; none when all rows were seen and counted, or no tries are left. */
  next(): SourceRequest[] {
    for (const order of [...this.kind.fields, 'unsorted' as const]) {
      const next = this.by(order);
      if (next !== 'another-order') return next;
    }
    return [];
  }

  /** Returns the order in which its rows were last read, after those that failed; null if none was. */
  order(): Order | null {
    const last = [...this.done].reverse().find((d) => !isCount(d));
    return last ? (pageIn(last.key).order as Order) : null;
  }

  private by(order: Order): SourceRequest[] | 'another-order' {
    const pages = this.done.filter((d) => pageIn(d.key).order === order);
    const { total, votes } = agreedTotal(pages);
    const trusted = this.trust(pages, total, votes, order);
    if (trusted !== true) return trusted;
    return this.rest(order, pages, total);
  }

  /**
   * A field can be trusted if its order gives as many rows as no order. It is only given up after two
   * matching answers on either side; until then both are requested again. No order shows more rows than
   * exist: if it seems so, the counts are wrong.
   */
  private trust(
    pages: ReadDocument[],
    total: number,
    votes: number,
    order: Order,
  ): true | SourceRequest[] | 'another-order' {
    const counted = agreedTotal(this.counts);
    if (pages.length && this.counts.length && counted.total === total) return true;
    if (votes >= 2 && counted.votes >= 2 && total < counted.total) return 'another-order';
    const tries = pages.filter((d) => pageIn(d.key).number === 1).length;
    return [
      ...(votes < 2 && tries < MOST_TRIES ? [this.page(order, 1, tries)] : []),
      ...((counted.votes < 2 || total > counted.total) &&
      this.counts.length < MOST_TRIES &&
      (this.counts.length === 0 || pages.length > 0)
        ? [this.count()]
        : []),
    ];
  }

  /**
   * Returns the pages still to be read: those that came from another state of the service (another total),
   * all of them if rows are still missing, and finally the count again.
   */
  private rest(order: Order, pages: ReadDocument[], total: number): SourceRequest[] | 'another-order' {
    const agreeing = pages.filter((d) => d.page.total === total);
    const times = (k: number, of: ReadDocument[]) => of.filter((d) => pageIn(d.key).number === k).length;
    const all = Array.from(
      { length: Math.max(1, Math.ceil(Math.min(total, REACH) / PAGE_SIZE)) },
      (_, i) => i + 1,
    );
    const missing = all.filter((k) => !times(k, agreeing));
    const whole = total > REACH || seenIn(this.done.filter((d) => d.page.total === total)) === total;
    if (!missing.length && !whole && order !== 'unsorted' && all.every((k) => times(k, agreeing) >= ROUNDS))
      return 'another-order';
    const wanted =
      missing.length || whole
        ? missing
        : all.filter((k) => order === 'unsorted' || times(k, agreeing) < ROUNDS);
    const again = wanted.filter((k) => times(k, pages) < MOST_TRIES);
    if (again.length) return again.map((k) => this.page(order, k, times(k, pages)));
    return wanted.length ? [] : this.after(total);
  }

  /**
   * For a kind with a single page, two answers may share an error in both scans: its rows are counted before
   * and after that page, as with several pages.
   */
  private after(total: number): SourceRequest[] {
    const last = this.done.at(-1)!;
    const settled =
      last.page.total === total && this.counts.filter((d) => d.page.total === total).length >= 2;
    return isCount(last) && (settled || this.counts.length >= 2 * MOST_TRIES) ? [] : [this.count()];
  }

  private page(order: Order, number: number, tries: number): SourceRequest {
    const sort =
      order === 'unsorted'
        ? null
        : { field: order, order: this.scan === 1 ? ('ASC' as const) : ('DESC' as const) };
    return searchRequest(`${this.name}: ${order} ${number}.${tries + 1}`, this.kind, {
      number,
      size: PAGE_SIZE,
      language: this.language,
      sort,
    });
  }

  private count(): SourceRequest {
    return searchRequest(`${this.name}: count.${this.counts.length + 1}`, this.kind, {
      number: 1,
      size: 1,
      language: this.language,
      sort: null,
    });
  }
}

const walks = (done: ReadDocument[], { scan, languages }: PlanContext): PartWalk[] =>
  languages.flatMap((language) => KINDS.map((kind) => new PartWalk(kind, language, scan, done)));

/**
 * Returns the next requests of a scan, for each kind of call, and the newest notes. The second scan uses the
 * reverse order, so that no page is cut at the same rows; notes are requested once, since any note seen is
 * valid.
 */
export function planScan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
  const notes = context.scan === 1 && !done.length ? [notesRequest('notes: newest')] : [];
  return [...walks(done, context).flatMap((walk) => walk.next()), ...notes];
}

/** Returns the service's own last count of rows per kind and language, by the name of the part. */
export function totalsIn(done: ReadDocument[]): Record<string, number> {
  const counts = done
    .filter(isCount)
    .flatMap(({ key, page }) => (page.total === null ? [] : [[partOf(key), page.total] as const]));
  return Object.fromEntries(counts);
}

/** Requests the first count of a kind in a language. */
const countRequest = (kind: Kind, language: string): SourceRequest =>
  searchRequest(`${kind.name}-${language}: count.1`, kind, { number: 1, size: 1, language, sort: null });

/**
 * Returns by which field each kind of call was sorted in a scan, for users, in the first of its languages:
 * `{ grants: 'identifier' }`.
 */
export function ordersIn(done: ReadDocument[]): Record<string, string> {
  const known = KINDS.flatMap((kind) => {
    const part = done.map((d) => partOf(d.key)).find((name) => name.startsWith(`${kind.name}-`));
    const order =
      part === undefined ? null : new PartWalk(kind, part.slice(kind.name.length + 1), 1, done).order();
    return order ? [[kind.name, order] as const] : [];
  });
  return Object.fromEntries(known);
}

const KIND_NAMES: Record<QuickCheckTarget['kind'], Kind['name']> = {
  grant: 'grants',
  'external-action': 'external-actions',
  cascade: 'cascade-calls',
};

/** Returns the number of a cascade call, which ends the address of its page. */
const numberIn = (url: string | null): string | null =>
  /\/competitive-calls-cs\/(\d+)$/.exec(url ?? '')?.[1] ?? null;

const VALUES: Record<SortField, (target: QuickCheckTarget) => string | null> = {
  identifier: (t) => t.identifier,
  callIdentifier: (t) => t.callIdentifier,
  callccm2Id: (t) => numberIn(t.url),
};

/** Returns the field to query a call by: the first of its kind's fields for which it has a value. */
function nameOf(kind: Kind, target: QuickCheckTarget): [SortField, string] | null {
  for (const field of kind.fields) {
    const value = VALUES[field](target);
    if (value !== null) return [field, value];
  }
  return null;
}

function requestsOf(
  kind: Kind,
  language: string,
  targets: QuickCheckTarget[],
  order: 'ASC' | 'DESC',
): SourceRequest[] {
  const byField = new Map<SortField, Set<string>>();
  for (const target of targets) {
    const [field, value] = nameOf(kind, target) ?? [];
    if (field && value) byField.set(field, (byField.get(field) ?? new Set()).add(value));
  }
  return [...byField].flatMap(([field, set]) => {
    const values = [...set];
    const pages = Array.from({ length: Math.ceil(values.length / PAGE_SIZE) }, (_, i) =>
      values.slice(i * PAGE_SIZE, (i + 1) * PAGE_SIZE),
    );
    return pages.map((some, i) =>
      searchRequest(`${kind.name}-${language}: ${field} ${i + 1}`, kind, {
        number: 1,
        size: PAGE_SIZE,
        language,
        sort: { field, order },
        only: { field, values: some },
      }),
    );
  });
}

/**
 * Requests the calls again, by the fields that a scan sorts their kind by. A call may lack the field it was
 * queried by, so its absence is no evidence. The second scan uses the reverse order. Also requests the newest
 * notes, and the row counts: a changed count starts a harvest.
 */
export function planQuickCheck(calls: QuickCheckTarget[], { scan, languages }: PlanContext): SourceRequest[] {
  const order = scan === 1 ? 'ASC' : 'DESC';
  const again = KINDS.flatMap((kind) => {
    const targets = calls.filter((c) => KIND_NAMES[c.kind] === kind.name);
    return languages.flatMap((language) => [
      countRequest(kind, language),
      ...requestsOf(kind, language, targets, order),
    ]);
  });
  return scan === 1 ? [...again, notesRequest('notes: newest')] : again;
}
