import { join } from 'node:path';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { startSamplePortal, type Faults, type SamplePortal } from '../../src/demo/sample-portal.js';
import { portalRecords, type PortalRecord } from '../../src/demo/sample-records.js';
import { judge, scanOf, type Belief } from '../../src/domain/source/belief.js';
import type { ParsedPage, ReadDocument, SourceRequest } from '../../src/domain/source/source.js';
import { source } from '../../src/sources/funding-tenders/funding-tenders.source.js';

const TOTAL = 525;
/** Six pages, six times each, and the total six times more; in each of two scans. */
const MOST_REQUESTS = 2 * (6 * 6 + 6);

const samples = portalRecords(readSampleCalls(join(__dirname, '../../config/demo/calls')), new Date('2026-06-01T12:00:00Z'));

/** The samples again and again, each time under other references, up to `count`. */
const records: PortalRecord[] = Array.from({ length: TOTAL }, (_, i) => {
  const record = samples[i % samples.length]!;
  const reference = `${1000 + i}${record.reference}`;
  return { ...record, reference, metadata: { ...record.metadata, REFERENCE: [reference] } };
});
const references = (some: PortalRecord[]): string[] => some.map((r) => r.reference).sort();

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
async function harvest(watch: Watch = () => undefined, languages = ['en']): Promise<{ belief: Belief; asked: number; keys: string[][] }> {
  const scans: ReadDocument[][] = [];
  let asked = 0;
  for (const scan of [1, 2] as const) {
    const done: ReadDocument[] = [];
    for (let planned = source.plan(done, { scan, languages }); planned.length; planned = source.plan(done, { scan, languages })) {
      for (const request of planned) {
        watch(request, (asked += 1));
        if (asked > 1_000) throw new Error('the plan does not end');
        const response = await fetch(portal.url + request.path, { method: request.method, headers: request.headers, body: request.body });
        done.push({ key: request.key, page: parsed(await response.text()) });
      }
    }
    scans.push(done);
  }
  const belief = judge(scanOf(scans[0]!), scanOf(scans[1]!), source, RULES, FIRST_RUN);
  return { belief, asked, keys: scans.map((s) => s.map((d) => d.key)) };
}

/** What the judgement needs beside the scans of a source that is read for the first time. */
const FIRST_RUN = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T12:00:00Z') };
const RULES = { maxUnreadShare: 0.02, maxShrink: 0.3, maxGrowth: 3, insistRuns: 3, insistHours: 24 };

const found = (belief: Belief): string[] | string => (belief.believed ? belief.calls.map((c) => c.reference).sort() : belief.why);

describe('without faults', () => {
  it.each([1, 2, 3])('finds each call once, though ties come in a new order each time (seed %d)', async (seed) => {
    portal.set({ records, faults: {}, seed });
    const { belief, keys } = await harvest();
    expect(found(belief)).toEqual(references(records));
    const once = ['page-1.1', 'page-2.1', 'page-3.1', 'page-4.1', 'page-5.1', 'page-6.1', 'after.1'];
    expect(keys).toEqual([once, once]);
  });

  it.each([500, 501, 499])('knows where the last page ends: %d calls', async (count) => {
    portal.set({ records: records.slice(0, count), faults: {} });
    const { belief, asked } = await harvest();
    expect(found(belief)).toHaveLength(count);
    expect(asked).toBe(2 * (Math.ceil(count / 100) + 1));
  });

  it('finds each call in each language that is asked for', async () => {
    portal.set({ records, faults: {} });
    const { belief } = await harvest(undefined, ['en', 'fr']);
    expect(belief.believed && new Set(belief.calls.map((c) => `${c.reference} ${c.language}`)).size).toBe(2 * TOTAL);
  });

  it('does not believe fewer calls than the source is known to hold, nor none', async () => {
    portal.set({ records: records.slice(0, 299), faults: {} });
    expect(found((await harvest()).belief)).toBe('only 299 calls, and this source is known to hold at least 300');
    portal.set({ records: [], faults: {} });
    const none = await harvest();
    expect(found(none.belief)).toMatch(/^only 0 calls/);
    expect(none.asked).toBe(4);
  });
});

describe('with faults', () => {
  /** Harvests once a seed; every belief must be the whole truth. */
  async function believed(faults: Faults, seeds: number): Promise<number> {
    let good = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      portal.set({ records, faults, seed: seed * 7_919 });
      const { belief, asked } = await harvest();
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      if (!belief.believed) continue;
      expect(found(belief)).toEqual(references(records));
      good += 1;
    }
    return good;
  }

  it('of a few percent believes the whole truth nearly always, and never anything else', async () => {
    expect(await believed({ half: 0.05, empty: 0.05 }, 40)).toBeGreaterThanOrEqual(38);
  }, 60_000);

  it('of a third of the answers never believes what is not so', async () => {
    await believed({ half: 0.3, empty: 0.05 }, 20);
  }, 60_000);

  it('of every answer believes nothing', async () => {
    expect(await believed({ half: 1 }, 1)).toBe(0);
    expect(await believed({ empty: 1 }, 1)).toBe(0);
  });

  it('of one unlucky answer asks again, wherever it falls', async () => {
    for (const fault of ['half', 'empty'] as const) {
      for (let unlucky = 1; unlucky <= 14; unlucky += 1) {
        const { belief, asked } = await harvest((_, n) => portal.set({ records, faults: n === unlucky ? { [fault]: 1 } : {} }));
        expect(found(belief)).toEqual(references(records));
        expect(asked).toBeGreaterThan(14);
      }
    }
  }, 30_000);
});

describe('where the source changes in the middle', () => {
  const more = records.slice(0, TOTAL - 3);

  it.each([2, 4, 7])('of the first scan, at request %d, believes what is there in the end or nothing', async (turn) => {
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
    const { belief } = await harvest((_, n) => portal.set({ records: n <= 7 ? more : records, faults: {} }));
    expect(found(belief)).toMatch(/^two scans disagree/);
  });

  it.each([2, 4, 6, 10])('and the total stays, at request %d, believes what is there in the end or nothing', async (turn) => {
    const [withoutFirst, withoutLast] = [records.slice(1), records.slice(0, -1)];
    for (const [before, after] of [[withoutFirst, withoutLast], [withoutLast, withoutFirst]] as const) {
      const { belief, asked } = await harvest((_, n) => portal.set({ records: n < turn ? before : after, faults: {} }));
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      expect([references(after), expect.stringMatching(/^(scan \d found|two scans disagree)/)]).toContainEqual(found(belief));
    }
  });
});

describe('a plan', () => {
  const document = (key: string, total: number): ReadDocument => ({ key, page: { total, calls: [], unread: [], links: [] } });
  const plan = (...done: ReadDocument[]) => source.plan(done, { scan: 1, languages: ['en'] });

  it('asks for no more than can be reached, and not for ever', () => {
    const first = document('page-1.1', 2_000_000_000);
    const rest = plan(first);
    expect(rest).toHaveLength(99);
    const all = [first, ...rest.map((r) => document(r.key, 2_000_000_000))];
    expect(plan(...all).map((r) => r.key)).toEqual(['after.1']);
    expect(plan(...all, document('after.1', 2_000_000_000))).toEqual([]);
  });

  it('walks the other way round in the second scan', () => {
    const body = (scan: 1 | 2) => source.plan([], { scan, languages: ['en'] })[0]!.body!;
    expect(body(1)).toContain('"order":"ASC"');
    expect(body(2)).toBe(body(1).replaceAll('"ASC"', '"DESC"'));
  });

  it('types every part of a request, since an untyped one is ignored', () => {
    const [request] = plan();
    expect(request!.body!.match(/Content-Disposition/g)).toHaveLength(3);
    expect(request!.body!.match(/\r\nContent-Type: application\/json\r\n/g)).toHaveLength(3);
  });
});

describe('a short look', () => {
  const targets = Array.from({ length: 150 }, (_, i) => ({ reference: `R${i}`, url: null }));
  const asked = (languages: string[], calls = targets) => source.glance!(calls, { scan: 1, languages })
    .map(({ body }) => [...body!.matchAll(/"(R\d+)"/g)].map((m) => m[1]));

  it.each<[string[], number[]]>([[['en'], [100, 50]], [['en', 'fr'], [50, 50, 50]], [['en', 'fr', 'de'], [33, 33, 33, 33, 18]]])('in %j asks for no more than a page holds', (languages, sizes) => {
    const pages = asked(languages);
    expect(pages.map((p) => p.length)).toEqual(sizes);
    expect(pages.flat()).toEqual(targets.map((t) => t.reference));
  });

  it('asks once for a call that is known in several languages', () => {
    expect(asked(['en', 'fr'], [targets[0]!, targets[0]!, targets[1]!])).toEqual([['R0', 'R1']]);
  });
});
