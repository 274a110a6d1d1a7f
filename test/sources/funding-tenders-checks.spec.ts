import {
  type CheckAnswer,
  type CheckRequest,
  type CheckResult,
  differing,
  judgeChecks,
  MOST_CHECK_REQUESTS,
  nextCheckRequests,
} from '../../src/harvest/domain/check.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

type Lists = Record<string, string[]>;
interface Row {
  reference: string;
  language: string | string[];
  [field: string]: unknown;
}

const DEADLINE = '2027-09-15T00:00:00.000+0000';
const all = { title: ['A call'], status: ['31094502'], deadlineDate: [DEADLINE], DATASOURCE: ['SEDIA'] };
const row = (reference: string, metadata: Lists, language = 'en'): Row => ({
  reference,
  language,
  metadata: { ...all, ...metadata },
});
const number = (n: number): string => String(n).padStart(3, '0');

const grant = (n: number, over: Lists = {}): Row =>
  row(`${n}TOPICSen`, {
    type: ['1'],
    identifier: [`INVENT-2027-${number(n)}`],
    callIdentifier: ['INVENT-2027'],
    descriptionByte: ['<p>Text</p>'],
    actions: [JSON.stringify([{ plannedOpeningDate: '2027-01-01', types: [{ typeOfAction: 'RIA' }] }])],
    ...over,
  });
const external = (n: number): Row =>
  row(`${n}EXTERNALen`, { type: ['2'], callIdentifier: [`EXT/${n}`], budget: ['200000'], currency: ['EUR'] });
const cascade = (n: number): Row =>
  row(`${n}CASCADEen`, {
    type: ['8'],
    callccm2Id: [String(n)],
    callTitle: ['Its own title'],
    budget: ['60000'],
    currency: ['EUR'],
  });
const atTop = ({ metadata, ...rest }: Row): Row => ({ ...rest, ...(metadata as Lists), language: ['en'] });
const leftover = (n: number): Row => grant(n, { DATASOURCE: ['SEDIA_PRD_CENTRICITY'] });
const note = (n: number): Row =>
  row(`${n}NOTEen`, {
    type: ['6'],
    identifier: ['INVENT-2027-001'],
    startDate: [`2026-10-${number(n).slice(1)}T00:00:00.000+0000`],
    description: ['<p>Extended</p>'],
  });
const partner: Row = row('1ANNOUNCEMENT', {
  type: ['ANNOUNCEMENT'],
  topics: ['INVENT-2027-001'],
  country: ['20000873'],
});

/** Deviations of a service from its known behaviour. */
interface Otherwise {
  rows?: Row[];
  renamed?: string;
  ignores?: 'must_not' | 'query' | 'sort';
  pageSize?: number;
  facets?: unknown;
  list?: string;
  details?: 'as-written' | 'none';
}

const ROWS = [
  ...Array.from({ length: 130 }, (_, i) => grant(i + 1)),
  ...Array.from({ length: 12 }, (_, i) => external(i + 1)),
  ...Array.from({ length: 20 }, (_, i) => cascade(i + 1)),
  atTop(cascade(90)),
  ...Array.from({ length: 7 }, (_, i) => leftover(i + 300)),
  ...Array.from({ length: 9 }, (_, i) => note(i + 1)),
  partner,
];
const LIST =
  '{\n  "fundingData" : {\n    "GrantTenderObj" : [ {\n "type" : 1, "ccm2Id" : 1, "identifier" : "I", "title" : "T", "status" : {}, "deadlineDatesLong" : [ ] } ] } }';

const valuesOf = (r: Row, field: string): string[] =>
  ((r['metadata'] as Lists | undefined) ?? (r as unknown as Lists))[field] ?? [];
function matches(r: Row, clause: any, ignores?: string): boolean {
  if (clause.terms)
    return Object.entries<string[]>(clause.terms).every(([field, wanted]) =>
      valuesOf(r, field).some((x) => wanted.includes(x)),
    );
  const { must = [], must_not: not = [] } = clause.bool;
  return (
    must.every((c: any) => matches(r, c)) && (ignores === 'must_not' || !not.some((c: any) => matches(r, c)))
  );
}
const partIn = (body: string | null, name: string): any => {
  const found = new RegExp(
    `name="${name}";[^\\r]*\\r\\nContent-Type: application/json\\r\\n\\r\\n([^\\r]*)\\r\\n`,
  ).exec(body ?? '');
  return found ? JSON.parse(found[1]!) : undefined;
};

let tie = 0;
/** Answers as the search is known to, or with the given deviations. */
function search(
  { path, body }: CheckRequest,
  { rows = ROWS, renamed, ignores, pageSize: most = 100 }: Otherwise,
): unknown {
  const [query, sort] = [partIn(body, 'query'), partIn(body, 'sort')];
  const size = Number(/pageSize=(\d+)/.exec(path)![1]);
  let found = ignores === 'query' ? rows : rows.filter((r) => matches(r, query, ignores));
  if (sort) found = found.filter((r) => valuesOf(r, sort.field).length);
  const sign = sort?.order === 'DESC' ? -1 : 1;
  if (sort && ignores !== 'sort')
    found = [...found].sort((a, b) =>
      valuesOf(a, sort.field)[0]! < valuesOf(b, sort.field)[0]! ? -sign : sign,
    );
  // Returns a different order each time.
  else {
    const turn = (tie += 37);
    found = found.map((_, i) => found[(i + turn) % found.length]!);
  }
  const results = found.slice(0, Math.min(size, most)).map(({ metadata, ...rest }) => ({
    ...rest,
    ...(metadata !== undefined && { [renamed ?? 'metadata']: metadata }),
  }));
  return { totalResults: found.length, results };
}

function bytesFor(request: CheckRequest, other: Otherwise): { status: number; text: string } {
  const json = (value: unknown) => ({ status: 200, text: JSON.stringify(value) });
  if (request.path.includes('/facet'))
    return json(
      other.facets ?? {
        facets: [
          {
            name: 'frameworkProgramme',
            values: [{ rawValue: '43108390', value: 'Horizon Europe (HORIZON)', count: 1 }],
          },
        ],
      },
    );
  if (request.path.includes('grantsTenders')) return { status: 206, text: other.list ?? LIST };
  if (request.path.includes('topicDetails')) {
    const name = /([^/]+)\.json$/.exec(request.path)![1]!;
    const there =
      other.details === 'none' ? false : other.details === 'as-written' || name === name.toLowerCase();
    return there
      ? json({
          TopicDetails: {
            identifier: name.toUpperCase(),
            title: 'T',
            description: '',
            actions: [{ types: [] }],
            latestInfos: [],
          },
        })
      : { status: 404, text: '' };
  }
  return json(search(request, other));
}

function answered(request: CheckRequest, other: Otherwise): CheckAnswer {
  const { status, text } = bytesFor(request, other);
  const error = status === 404 ? 'the portal: status 404' : null;
  return {
    key: request.key,
    status,
    mediaType: 'application/json',
    bytes: Buffer.from(text),
    etag: '"1"',
    error,
    passing: false,
  };
}

function asked(other: Otherwise = {}): { results: CheckResult[]; made: number } {
  const answers: CheckAnswer[] = [];
  for (
    let next = nextCheckRequests(source.checks!, answers);
    next.length;
    next = nextCheckRequests(source.checks!, answers)
  ) {
    for (const request of next) answers.push(answered(request, other));
    if (answers.length > 100) throw new Error('the checks do not come to an end');
  }
  return { results: judgeChecks(source.checks!, answers), made: answers.length };
}
const others = (other: Otherwise): string[] => differing(asked(other).results).map((r) => r.id);
const seen = (id: string, other: Otherwise = {}): string =>
  asked(other).results.find((r) => r.id === id)!.seen;
const without = (field: string, type: string): Row[] =>
  ROWS.map((r) =>
    valuesOf(r, 'type')[0] === type && r['metadata']
      ? { ...r, metadata: { ...(r['metadata'] as Lists), [field]: [] } }
      : r,
  );
const edited = (change: Lists): Row[] =>
  ROWS.map((r) =>
    valuesOf(r, 'type')[0] === '1' && r['metadata']
      ? { ...r, metadata: { ...(r['metadata'] as Lists), ...change } }
      : r,
  );

describe('the portal as it is known', () => {
  it('is as expected throughout, in no more requests than a source is asked', () => {
    const { results, made } = asked();
    expect(results.map((r) => [r.id, r.holds])).toEqual(results.map((r) => [r.id, true]));
    expect(results.length).toBeGreaterThanOrEqual(18);
    expect(made).toBeLessThanOrEqual(MOST_CHECK_REQUESTS);
  });

  it('says what was seen in figures', () => {
    expect(seen('form')).toBe('130 grants, 12 external actions, 21 cascade calls');
    expect(seen('metadata')).toBe('1 of 133 rows are without metadata; the fields of 0 are not found');
    expect(seen('leftovers')).toBe('7 there, 0 once ruled out, 0 on the pages of calls');
    expect(seen('page-size')).toBe('100 rows of 130, 150 asked for');
    expect(seen('notes')).toBe('9 notes, from 2026-10-09 to 2026-10-01');
  });

  it('without any external action at present is not otherwise', () => {
    const none = ROWS.filter((r) => valuesOf(r, 'type')[0] !== '2');
    expect(others({ rows: none })).toEqual([]);
    expect(asked({ rows: none }).results.find((r) => r.id === 'fields-external-actions')).toMatchObject({
      holds: null,
      seen: 'there is no external action at present',
    });
  });
});

describe('a portal that is otherwise', () => {
  it.each<[string, Otherwise, string[]]>([
    [
      'names its fields otherwise',
      { renamed: 'meta' },
      [
        'metadata',
        'fields-grants',
        'fields-external-actions',
        'fields-cascade-calls',
        'reading',
        'notes',
        'partners',
      ],
    ],
    ['does not heed what is ruled out', { ignores: 'must_not' }, ['leftovers']],
    ['lacks the field that grants are sorted by', { rows: without('identifier', '1') }, ['order-grants']],
    ['lacks the number of cascade calls', { rows: without('callccm2Id', '8') }, ['order-cascade-calls']],
    ['does not sort', { ignores: 'sort' }, ['same-rows', 'notes']],
    ['gives shorter pages', { pageSize: 50 }, ['page-size']],
    [
      'has a status more',
      { rows: [grant(1, { status: ['31094504', '31094502'] }), ...ROWS.slice(1)] },
      ['reading', 'statuses'],
    ],
    [
      'writes its dates otherwise',
      { rows: edited({ deadlineDate: ['15/09/2027'] }) },
      ['fields-grants', 'reading'],
    ],
    [
      'writes actions that are no JSON',
      { rows: edited({ actions: ['none'] }) },
      ['fields-grants', 'reading'],
    ],
    ['writes no text of grants', { rows: without('descriptionByte', '1') }, ['fields-grants']],
    ['writes no money of cascade calls', { rows: without('budget', '8') }, ['fields-cascade-calls']],
    [
      'gives every language',
      {
        rows: [
          ...ROWS,
          row(
            '1TOPICSfr',
            { type: ['2'], callIdentifier: ['EXT/0'], budget: ['1'], currency: ['EUR'] },
            'fr',
          ),
        ],
      },
      ['languages'],
    ],
    [
      'names no programmes',
      {
        facets: {
          facets: [
            { name: 'frameworkProgramme', values: [{ rawValue: '43108390', value: '43108390', count: 1 }] },
          ],
        },
      },
      ['programmes'],
    ],
    ['has another list', { list: '{"items":[]}' }, ['list']],
    ['has no topics in full', { details: 'none' }, ['details']],
    ['takes an identifier as it is written', { details: 'as-written' }, ['as-written']],
  ])('and %s', (_what, other, expected) => expect(others(other).sort()).toEqual([...expected].sort()));

  it('reads nothing of what is asked: everything comes each time', () => {
    expect(others({ ignores: 'query' })).toEqual(expect.arrayContaining(['form', 'leftovers']));
    expect(seen('form', { ignores: 'query' })).toContain('among the');
  });

  it('says what differs, and what follows', () => {
    expect(
      asked({ rows: without('identifier', '1') }).results.find((r) => r.id === 'order-grants'),
    ).toMatchObject({
      seen: '0 sorted, 130 unsorted',
      consequence: expect.stringContaining('another field'),
    });
    expect(seen('fields-cascade-calls', { rows: without('budget', '8') })).toContain(
      'budget stands in 1 of 21 rows',
    );
    expect(seen('fields-grants', { rows: edited({ deadlineDate: ['15/09/2027'] }) })).toContain(
      'deadlineDate has another form in 100 of 100 rows: "15/09/2027"',
    );
  });
});
