import { join } from 'node:path';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { startSamplePortal, type Faults, type SamplePortal } from '../../src/demo/sample-portal.js';
import { portalRecords, type PortalRecord } from '../../src/demo/sample-records.js';
import { judge, scanOf, type Belief, type Scan } from '../../src/domain/source/belief.js';
import type { GlanceTarget, ParsedPage, ReadDocument, SourceRequest } from '../../src/domain/source/source.js';
import { source } from '../../src/sources/funding-tenders/funding-tenders.source.js';

const TOTAL = 525;

const samples = portalRecords(readSampleCalls(join(__dirname, '../../config/demo/calls')), new Date('2026-06-01T12:00:00Z'));
const typeOf = (record: PortalRecord): string => record.metadata['type']![0]!;
const [GRANT, ACTION, CASCADE] = ['1', '2', '8'] as const;

/** A sample once more, under other names; fields that are undefined are taken away. */
function like(record: PortalRecord, number: number, fields: Record<string, string[] | undefined> = {}): PortalRecord {
  const reference = `${1000 + number}${record.reference}`;
  const names = { identifier: [`${record.metadata['identifier']![0]}-${number}`], ...(typeOf(record) === ACTION && { callIdentifier: [`SAMPLE-${number}`] }), ...(typeOf(record) === CASCADE && { callccm2Id: [String(1000 + number)] }) };
  const metadata = Object.entries({ ...record.metadata, ...names, ...fields }).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...record, reference, metadata: Object.fromEntries(metadata) };
}

/** The samples of a type again and again, up to `count`. */
function many(type: string, count: number, fields: (i: number) => Record<string, string[] | undefined> = () => ({})): PortalRecord[] {
  const some = samples.filter((r) => typeOf(r) === type);
  return Array.from({ length: count }, (_, i) => like(some[i % some.length]!, i, fields(i)));
}

const records: PortalRecord[] = Array.from({ length: TOTAL }, (_, i) => like(samples[i % samples.length]!, i));
const references = (some: PortalRecord[]): string[] => some.map((r) => r.reference).sort();
const pages = (some: PortalRecord[], type: string): number => Math.max(1, Math.ceil(some.filter((r) => typeOf(r) === type).length / 100));
const PAGES = [GRANT, ACTION, CASCADE].map((type) => pages(records, type));

/** Where nothing fails: each kind's pages, and its rows counted before and behind them; in each of two scans. */
const LEAST_REQUESTS = 2 * PAGES.reduce((sum, n) => sum + n + 2, 0);
/** Each page six times at most in each of four orders, and each kind's rows counted twelve times at most; in each of two scans. */
const MOST_REQUESTS = 2 * PAGES.reduce((sum, n) => sum + n * 6 * 4 + 12, 0);

let portal: SamplePortal;
beforeAll(async () => {
  portal = await startSamplePortal({ records });
});
afterAll(() => portal.close());

/** A parser is pure: the same answer is parsed once. */
const known = new Map<string, ParsedPage>();
function parsed(text: string): ParsedPage {
  const page = known.get(text) ?? source.parse({ key: 'page', mediaType: 'application/json', bytes: Buffer.from(text) });
  known.set(text, page);
  return page;
}

/** Tells of each request before it is made, counted from 1 over both scans. */
type Watch = (request: SourceRequest, number: number) => void;

/** Both scans as the harvest makes them: a batch of requests, and the next when all of it is answered. */
async function harvest(watch: Watch = () => undefined, languages = ['en'], heard = (body: string) => body): Promise<{ belief: Belief; asked: number; keys: string[][]; scans: Scan[]; orders: Record<string, string>[] }> {
  const scans: ReadDocument[][] = [];
  let asked = 0;
  for (const scan of [1, 2] as const) {
    const done: ReadDocument[] = [];
    for (let planned = source.plan(done, { scan, languages }); planned.length; planned = source.plan(done, { scan, languages })) {
      for (const request of planned) {
        watch(request, (asked += 1));
        if (asked > 1_000) throw new Error('the plan does not end');
        const response = await fetch(portal.url + request.path, { method: request.method, headers: request.headers, body: heard(request.body!) });
        done.push({ key: request.key, page: parsed(await response.text()) });
      }
    }
    scans.push(done);
  }
  const [first, second] = [scanOf(scans[0]!), scanOf(scans[1]!)];
  const belief = judge(first, second, source, RULES, FIRST_RUN);
  return { belief, asked, keys: scans.map((s) => s.map((d) => d.key)), scans: [first, second], orders: scans.map((done) => source.describe!(done)) };
}

/** What the judgement needs beside the scans of a source that is read for the first time. */
const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
const RULES = { maxUnreadShare: 0.02, maxShrink: 0.3, maxGrowth: 3, insistRuns: 3, insistHours: 24 };

const found = (belief: Belief): string[] | string => (belief.believed ? belief.calls.map((c) => c.reference).sort() : belief.why);

describe('without faults', () => {
  it.each([1, 2, 3])('finds each call once, though ties come in a new order each time (seed %d)', async (seed) => {
    portal.set({ records, faults: {}, seed });
    const { belief, keys, asked, orders } = await harvest();
    expect(found(belief)).toEqual(references(records));
    expect(PAGES).toEqual([4, 1, 1]);
    const once = [
      'grants-en: identifier 1.1', 'grants-en: count.1', 'external-actions-en: callIdentifier 1.1', 'external-actions-en: count.1',
      'cascade-calls-en: callccm2Id 1.1', 'cascade-calls-en: count.1',
      'grants-en: identifier 2.1', 'grants-en: identifier 3.1', 'grants-en: identifier 4.1', 'external-actions-en: count.2', 'cascade-calls-en: count.2', 'grants-en: count.2',
    ];
    expect(keys).toEqual([once, once]);
    expect(asked).toBe(LEAST_REQUESTS);
    const by = { grants: 'identifier', 'external-actions': 'callIdentifier', 'cascade-calls': 'callccm2Id' };
    expect(orders).toEqual([by, by]);
  });

  it.each([500, 501, 499])('knows where the last page ends: %d calls', async (count) => {
    portal.set({ records: many(GRANT, count), faults: {} });
    const { belief, asked } = await harvest();
    expect(found(belief)).toHaveLength(count);
    // Of the two kinds that there are none of a page, and that there are none counted twice.
    expect(asked).toBe(2 * (Math.ceil(count / 100) + 2 + 2 * 3));
  });

  it('finds each call in each language that is asked for', async () => {
    portal.set({ records, faults: {} });
    const { belief, orders } = await harvest(undefined, ['fr', 'en']);
    expect(orders[0]).toEqual({ grants: 'identifier', 'external-actions': 'callIdentifier', 'cascade-calls': 'callccm2Id' });
    expect(belief.believed && new Set(belief.calls.map((c) => `${c.reference} ${c.language}`)).size).toBe(2 * TOTAL);
  });

  it('does not believe fewer calls than the source is known to hold, nor none', async () => {
    portal.set({ records: records.slice(0, 299), faults: {} });
    expect(found((await harvest()).belief)).toBe('only 299 calls, and this source is known to hold at least 300');
    portal.set({ records: [], faults: {} });
    const none = await harvest();
    expect(found(none.belief)).toMatch(/^only 0 calls/);
    expect(none.asked).toBe(2 * 3 * 3);
  });
});

describe('with faults', () => {
  /** Harvests once a seed; every belief must be the whole truth. */
  async function believed(faults: Faults, seeds: number, held = records): Promise<number> {
    let good = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      portal.set({ records: held, faults, seed: seed * 7_919 });
      const { belief, asked } = await harvest();
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      if (!belief.believed) continue;
      expect(found(belief)).toEqual(references(held));
      good += 1;
    }
    return good;
  }

  it('of a few percent believes the whole truth nearly always, and never anything else', async () => {
    expect(await believed({ half: 0.05, empty: 0.05 }, 40)).toBeGreaterThanOrEqual(38);
  }, 120_000);

  it('of a third of the answers never believes what is not so', async () => {
    await believed({ half: 0.3, empty: 0.05 }, 20);
  }, 120_000);

  it.each<[string, PortalRecord[]]>([
    ['a field that some rows lack', many(ACTION, 310, (i) => (i % 50 ? {} : { callIdentifier: undefined }))],
    ['a field that half of the rows lack', many(ACTION, 310, (i) => (i % 2 ? {} : { callIdentifier: undefined }))],
    ['a field on which rows tie', many(ACTION, 310, () => ({ callIdentifier: ['SAMPLE-ONE-FOR-ALL'] }))],
    ['nothing to sort by', many(ACTION, 310, (i) => (i ? { identifier: undefined } : { callIdentifier: undefined }))],
  ])('of a tenth of the answers, and with %s, never believes what is not so', async (_, held) => {
    await believed({ half: 0.1, empty: 0.05 }, 8, held);
  }, 120_000);

  it('of every answer believes nothing', async () => {
    expect(await believed({ half: 1 }, 1)).toBe(0);
    expect(await believed({ empty: 1 }, 1)).toBe(0);
  });

  it('of one unlucky answer asks again, wherever it falls', async () => {
    for (const fault of ['half', 'empty'] as const) {
      for (let unlucky = 1; unlucky <= LEAST_REQUESTS; unlucky += 1) {
        const { belief, asked } = await harvest((_, n) => portal.set({ records, faults: n === unlucky ? { [fault]: 1 } : {} }));
        expect(found(belief)).toEqual(references(records));
        expect(asked).toBeGreaterThan(LEAST_REQUESTS);
      }
    }
  }, 120_000);
});

describe('where the source changes in the middle', () => {
  // Of each kind some.
  const more = records.slice(0, TOTAL - 30);

  it.each([2, 4, 7, 9, 12])('of the first scan, at request %d, believes what is there in the end or nothing', async (turn) => {
    portal.set({ records: more, faults: {} });
    const { belief, asked } = await harvest((_, n) => portal.set({ records: n < turn ? more : records }));
    expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
    expect([references(records), expect.any(String)]).toContainEqual(found(belief));
  });

  it('asks again the pages that were answered before, and believes', async () => {
    const { belief } = await harvest((_, n) => portal.set({ records: n < 2 ? more : records, faults: {} }));
    expect(found(belief)).toEqual(references(records));
  });

  it('between the two scans does not believe', async () => {
    const { belief } = await harvest((_, n) => portal.set({ records: n <= LEAST_REQUESTS / 2 ? more : records, faults: {} }));
    expect(found(belief)).toMatch(/^two scans disagree/);
  });

  it.each([2, 4, 6, 8, 10, 12, 14, 18])('and the total stays, at request %d, believes what is there in the end or nothing', async (turn) => {
    const [withoutFirst, withoutLast] = [records.slice(1), records.slice(0, -1)];
    for (const [before, after] of [[withoutFirst, withoutLast], [withoutLast, withoutFirst]] as const) {
      const { belief, asked } = await harvest((_, n) => portal.set({ records: n < turn ? before : after, faults: {} }));
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      expect([references(after), expect.stringMatching(/^(scan \d found|two scans disagree)/)]).toContainEqual(found(belief));
    }
  });
});

describe('an order that does not hold', () => {
  /** More than a page of external actions, which are sorted by `callIdentifier` first and by `identifier` then. */
  const actions = (fields: (i: number) => Record<string, string[] | undefined>, count = 310) => many(ACTION, count, fields);
  const of = (keys: string[], order: string) => keys.filter((key) => key.startsWith(`external-actions-en: ${order}`)).map((key) => key.split(' ').at(-1));

  it('since some rows lack its field is given up after two answers on either side, and the next is taken', async () => {
    const held = actions((i) => (i === 7 ? { callIdentifier: undefined } : {}));
    portal.set({ records: held, faults: {}, seed: 1 });
    const { belief, keys, orders } = await harvest();
    expect(found(belief)).toEqual(references(held));
    for (const scan of keys) {
      expect(of(scan, 'callIdentifier')).toEqual(['1.1', '1.2']);
      expect(of(scan, 'identifier')).toEqual(['1.1', '2.1', '3.1', '4.1']);
      expect(scan.filter((key) => key.startsWith('external-actions-en: count'))).toHaveLength(3);
    }
    expect(orders.map((o) => o['external-actions'])).toEqual(['identifier', 'identifier']);
  });

  it('is not given up for one answer that was wrong', async () => {
    const held = actions(() => ({}));
    for (const unlucky of ['external-actions-en: callIdentifier 1.1', 'external-actions-en: count.1']) {
      const { belief, orders } = await harvest(({ key }) => portal.set({ records: held, faults: key === unlucky ? { half: 1 } : {} }));
      expect(found(belief)).toEqual(references(held));
      expect(orders[0]).toMatchObject({ 'external-actions': 'callIdentifier' });
    }
  });

  it('since rows tie on it, so that walks lose some, leads to another after two rounds', async () => {
    const held = actions(() => ({ callIdentifier: ['SAMPLE-ONE-FOR-ALL'] }));
    portal.set({ records: held, faults: {}, seed: 3 });
    const { belief, keys, orders } = await harvest();
    expect(found(belief)).toEqual(references(held));
    for (const scan of keys) {
      expect(of(scan, 'callIdentifier').sort()).toEqual(['1.1', '1.2', '2.1', '2.2', '3.1', '3.2', '4.1', '4.2']);
      expect(of(scan, 'unsorted')).toEqual([]);
    }
    expect(orders.map((o) => o['external-actions'])).toEqual(['identifier', 'identifier']);
  });

  it('since two rows tie at the end of a page is mended by walking it again, or by another', async () => {
    const held = actions((i) => (i === 99 || i === 100 ? { callIdentifier: ['SAMPLE-1085-TWINS'] } : { callIdentifier: [`SAMPLE-${1000 + i}`] }));
    for (let seed = 1; seed <= 5; seed += 1) {
      portal.set({ records: held, faults: {}, seed });
      expect(found((await harvest()).belief)).toEqual(references(held));
    }
  });

  describe('and none that does', () => {
    // One row lacks the one field, all others the other, and none has the third.
    const unsortable = (count: number) => actions((i) => (i === 0 ? { callIdentifier: undefined } : { identifier: undefined }), count);

    async function outcomes(held: PortalRecord[], seeds: number): Promise<string[]> {
      const others = many(GRANT, 300);
      const all: string[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) {
        portal.set({ records: [...others, ...held], faults: {}, seed: seed * 31 });
        const { belief, orders, asked } = await harvest();
        expect(asked).toBeLessThan(2 * 4 * 6 * (pages(held, ACTION) + 5));
        expect(orders.map((o) => o['external-actions'])).toEqual(['unsorted', 'unsorted']);
        if (belief.believed) expect(found(belief)).toEqual(references([...others, ...held]));
        else expect(belief.why).toMatch(/^scan \d found \d+ of the \d+ external-actions-en that the source says it holds$/);
        all.push(belief.believed ? 'believed' : 'not believed');
      }
      return all;
    }

    it('is no matter on one page', async () => expect(await outcomes(unsortable(80), 2)).toEqual(['believed', 'believed']));

    it('is walked without one until all rows were seen', async () => expect(await outcomes(unsortable(150), 6)).toContain('believed'), 120_000);

    it('is not believed where some were never seen', async () => expect(await outcomes(unsortable(700), 3)).toContain('not believed'), 120_000);
  });
});

describe('what the earlier system left', () => {
  /** Copies of living calls under the same references and identifiers, and old calls of their own. */
  const leftover = (record: PortalRecord): PortalRecord => ({ ...record, metadata: { ...record.metadata, title: ['An older text'], DATASOURCE: ['SEDIA_PRD_CENTRICITY'] } });
  const old = [...records.slice(0, 20), ...many(GRANT, 160).map((r) => ({ ...r, reference: `9${r.reference}`, metadata: { ...r.metadata, identifier: [`OLD-${r.reference}`] } }))].map(leftover);
  const asked = { records: [...old, ...records], faults: {} };

  it('is not asked for', async () => {
    portal.set({ ...asked, seed: 5 });
    const { belief, scans, asked: requests } = await harvest();
    expect(found(belief)).toEqual(references(records));
    expect(belief.believed && belief.calls.filter((c) => c.title === 'An older text')).toEqual([]);
    expect([scans[0]!.leftOut.size, requests]).toEqual([0, LEAST_REQUESTS]);
  });

  it('is no call where it is shown all the same, and is counted where rows are counted', async () => {
    portal.set({ ...asked, seed: 5 });
    const { belief, scans } = await harvest(undefined, ['en'], (body) => body.replace('"must_not"', '"must_not_heard"'));
    expect(found(belief)).toEqual(references(records));
    expect(belief.believed && belief.calls.filter((c) => c.title === 'An older text')).toEqual([]);
    for (const { leftOut, parts } of scans) {
      expect(leftOut.size).toBe(old.length);
      expect(parts.reduce((sum, p) => sum + p.seen, 0)).toBe(records.length + old.length);
    }
  });

  it('never makes a whole of a part: where only it is shown nothing is believed', async () => {
    portal.set({ records: old, faults: {} });
    expect(found((await harvest(undefined, ['en'], (body) => body.replace('"must_not"', '"must_not_heard"'))).belief)).toMatch(/^only 0 calls/);
  });
});

it('finds rows without metadata among the others', async () => {
  const held = records.map((r, i) => (typeOf(r) === CASCADE && i % 2 ? { ...r, flat: true as const } : r));
  expect(held.filter((r) => r.flat).length).toBeGreaterThan(5);
  portal.set({ records: held, faults: {}, seed: 2 });
  const { belief, asked } = await harvest();
  expect(found(belief)).toEqual(references(records));
  expect(asked).toBe(LEAST_REQUESTS);
});

describe('a plan', () => {
  const document = (key: string, total: number): ReadDocument => ({ key, page: { total, calls: [], unread: [], links: [] } });
  const plan = (...done: ReadDocument[]) => source.plan(done, { scan: 1, languages: ['en'] });
  const ofGrants = (requests: SourceRequest[]) => requests.filter((r) => r.key.startsWith('grants-en: '));

  it('asks for no more than can be reached, and not for ever', () => {
    const first = [document('grants-en: identifier 1.1', 2_000_000_000), document('grants-en: count.1', 2_000_000_000)];
    const rest = ofGrants(plan(...first));
    expect(rest).toHaveLength(99);
    const all = [...first, ...rest.map((r) => document(r.key, 2_000_000_000))];
    expect(ofGrants(plan(...all)).map((r) => r.key)).toEqual(['grants-en: count.2']);
    expect(ofGrants(plan(...all, document('grants-en: count.2', 2_000_000_000)))).toEqual([]);
  });

  it('ends however the totals contradict each other', () => {
    const done: ReadDocument[] = [];
    for (let total = 1; ; total += 1) {
      const next = plan(...done);
      if (!next.length) break;
      for (const { key } of next) done.push(document(key, total * 37 + done.length));
      expect(done.length).toBeLessThan(3 * (4 * 6 + 12));
    }
    expect(scanOf(done).calls.size).toBe(0);
  });

  it('asks each kind in its own order, one field at a time, and leaves the order away where it counts', () => {
    const parts = plan().map(({ key, body }) => [key, /"type":\["(\d)"\]/.exec(body!)?.[1], /\r\n(\{"field".*\})\r\n/.exec(body!)?.[1] ?? null]);
    const by = (field: string) => JSON.stringify({ field, order: 'ASC' });
    expect(parts).toEqual([
      ['grants-en: identifier 1.1', GRANT, by('identifier')], ['grants-en: count.1', GRANT, null],
      ['external-actions-en: callIdentifier 1.1', ACTION, by('callIdentifier')], ['external-actions-en: count.1', ACTION, null],
      ['cascade-calls-en: callccm2Id 1.1', CASCADE, by('callccm2Id')], ['cascade-calls-en: count.1', CASCADE, null],
    ]);
    for (const { body } of plan()) expect(body).toContain('"must_not":[{"terms":{"DATASOURCE":["SEDIA_PRD_CENTRICITY","SEDIA_FAQ"]}}]');
  });

  it('walks the other way round in the second scan', () => {
    const body = (scan: 1 | 2) => source.plan([], { scan, languages: ['en'] })[0]!.body!;
    expect(body(1)).toContain('"order":"ASC"');
    expect(body(2)).toBe(body(1).replaceAll('"ASC"', '"DESC"'));
  });

  it('types every part of a request, since an untyped one is ignored', () => {
    const [request, count] = plan();
    for (const [{ body }, parts] of [[request!, 3], [count!, 2]] as const) {
      expect(body!.match(/Content-Disposition/g)).toHaveLength(parts);
      expect(body!.match(/\r\nContent-Type: application\/json\r\n/g)).toHaveLength(parts);
    }
  });

  it('says nothing of an order before anything was read', () => {
    expect(source.describe!([])).toEqual({});
    expect(source.describe!([document('grants-en: count.1', 3)])).toEqual({});
    expect(source.describe!([document('grants-fr: callIdentifier 1.1', 3), document('grants-fr: count.1', 3)])).toEqual({ grants: 'callIdentifier' });
  });
});

describe('a short look', () => {
  const PAGE = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs';
  const target = (i: number, change: Partial<GlanceTarget> = {}): GlanceTarget => ({ reference: `R${i}`, url: null, kind: 'grant', identifier: `T-${i}`, callIdentifier: 'T', ...change });
  const targets = Array.from({ length: 150 }, (_, i) => target(i));
  /** What is asked for: the key of each request, its type, its field and the values of that. */
  const asked = (calls: GlanceTarget[], languages = ['en']) => source.glance!(calls, { scan: 1, languages }).map(({ key, body }) => {
    const [, type] = /"type":\["(\d)"\]/.exec(body!)!;
    const [, field, values] = /\{"terms":\{"(identifier|callIdentifier|callccm2Id)":(\[[^\]]*\])\}\}/.exec(body!)!;
    return { key, type, field, values: JSON.parse(values!) as string[] };
  });

  it('asks for no more than a page holds, once in each language', () => {
    const requests = asked(targets, ['en', 'fr']);
    expect(requests.map((r) => [r.key, r.values.length])).toEqual([
      ['grants-en: identifier 1', 100], ['grants-en: identifier 2', 50], ['grants-fr: identifier 1', 100], ['grants-fr: identifier 2', 50],
    ]);
    expect(requests.slice(0, 2).flatMap((r) => r.values)).toEqual(targets.map((t) => t.identifier));
  });

  it('asks once for what several are named by', () => {
    expect(asked([target(0), target(0), target(1), target(1, { reference: 'R9' })]).map((r) => r.values)).toEqual([['T-0', 'T-1']]);
  });

  it('asks for each by the best name that is known of it, within its own kind', () => {
    const requests = asked([
      target(1), target(2, { identifier: null }), target(3, { identifier: null, callIdentifier: null }),
      target(4, { kind: 'external-action', callIdentifier: '170893' }), target(5, { kind: 'external-action', callIdentifier: null }),
      target(6, { kind: 'cascade', url: `${PAGE}/9101`, callIdentifier: null }), target(7, { kind: 'cascade', url: 'https://elsewhere.example/competitive-calls-cs/x', callIdentifier: null }),
    ]);
    expect(requests.map(({ key: _, ...r }) => r)).toEqual([
      { type: GRANT, field: 'identifier', values: ['T-1'] }, { type: GRANT, field: 'callIdentifier', values: ['T'] },
      { type: ACTION, field: 'callIdentifier', values: ['170893'] }, { type: ACTION, field: 'identifier', values: ['T-5'] },
      { type: CASCADE, field: 'callccm2Id', values: ['9101'] }, { type: CASCADE, field: 'identifier', values: ['T-7'] },
    ]);
    expect(asked([target(3, { identifier: null, callIdentifier: null })])).toEqual([]);
  });

  it('asks the other way round the second time', () => {
    const bodies = ([1, 2] as const).map((scan) => source.glance!(targets, { scan, languages: ['en'] })[0]!.body!);
    expect(bodies[1]).toBe(bodies[0]!.replace('"ASC"', '"DESC"'));
    expect(bodies[0]).not.toBe(bodies[1]);
  });
});
