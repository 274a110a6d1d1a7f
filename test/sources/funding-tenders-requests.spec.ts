import { scanOf } from '../../src/harvest/domain/scan-agreement.js';
import type { QuickCheckTarget, ReadDocument, SourceRequest } from '../../src/harvest/domain/source.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';

/** The portal's codes for the kinds of calls. */
const [GRANT, ACTION, CASCADE, NOTE] = ['1', '2', '8', '6'] as const;

describe('a plan', () => {
  const document = (key: string, total: number): ReadDocument => ({
    key,
    page: { total, calls: [], unread: [], links: [] },
  });
  const plan = (...done: ReadDocument[]) => source.plan(done, { scan: 1, languages: ['en'] });
  const ofGrants = (requests: SourceRequest[]) => requests.filter((r) => r.key.startsWith('grants-en: '));

  it('asks for no more than can be reached, and not for ever', () => {
    const first = [
      document('grants-en: identifier 1.1', 2_000_000_000),
      document('grants-en: count.1', 2_000_000_000),
    ];
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
    const parts = plan().map(({ key, body }) => [
      key,
      /"type":\["(\d)"\]/.exec(body!)?.[1],
      /\r\n(\{"field".*\})\r\n/.exec(body!)?.[1] ?? null,
    ]);
    const by = (field: string) => JSON.stringify({ field, order: 'ASC' });
    expect(parts).toEqual([
      ['grants-en: identifier 1.1', GRANT, by('identifier')],
      ['grants-en: count.1', GRANT, null],
      ['external-actions-en: callIdentifier 1.1', ACTION, by('callIdentifier')],
      ['external-actions-en: count.1', ACTION, null],
      ['cascade-calls-en: callccm2Id 1.1', CASCADE, by('callccm2Id')],
      ['cascade-calls-en: count.1', CASCADE, null],
      ['notes: newest', NOTE, JSON.stringify({ field: 'startDate', order: 'DESC' })],
    ]);
    expect(source.plan([], { scan: 2, languages: ['en'] }).map((r) => r.key)).not.toContain('notes: newest');
    for (const { body } of plan())
      expect(body).toContain('"must_not":[{"terms":{"DATASOURCE":["SEDIA_PRD_CENTRICITY","SEDIA_FAQ"]}}]');
  });

  it('walks the other way round in the second scan', () => {
    const body = (scan: 1 | 2) => source.plan([], { scan, languages: ['en'] })[0]!.body!;
    expect(body(1)).toContain('"order":"ASC"');
    expect(body(2)).toBe(body(1).replaceAll('"ASC"', '"DESC"'));
  });

  it('types every part of a request, since an untyped one is ignored', () => {
    const [request, count] = plan();
    for (const [{ body }, parts] of [
      [request!, 3],
      [count!, 2],
    ] as const) {
      expect(body!.match(/Content-Disposition/g)).toHaveLength(parts);
      expect(body!.match(/\r\nContent-Type: application\/json\r\n/g)).toHaveLength(parts);
    }
  });

  it('says nothing of an order before anything was read', () => {
    expect(source.describe!([])).toEqual({});
    expect(source.describe!([document('grants-en: count.1', 3)])).toEqual({});
    expect(
      source.describe!([document('grants-fr: callIdentifier 1.1', 3), document('grants-fr: count.1', 3)]),
    ).toEqual({ grants: 'callIdentifier' });
  });
});

describe('a quick check', () => {
  const PAGE =
    'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs';
  const target = (i: number, change: Partial<QuickCheckTarget> = {}): QuickCheckTarget => ({
    reference: `R${i}`,
    url: null,
    kind: 'grant',
    identifier: `T-${i}`,
    callIdentifier: 'T',
    ...change,
  });
  const targets = Array.from({ length: 150 }, (_, i) => target(i));
  const isBeside = (key: string): boolean => /: (count\.1|newest)$/.test(key);
  /** The requests of a quick check: key, type, field and the values of that field. */
  const asked = (calls: QuickCheckTarget[], languages = ['en']) =>
    source.quickCheck!(calls, { scan: 1, languages })
      .filter(({ key }) => !isBeside(key))
      .map(({ key, body }) => {
        const [, type] = /"type":\["(\d)"\]/.exec(body!)!;
        const [, field, values] =
          /\{"terms":\{"(identifier|callIdentifier|callccm2Id)":(\[[^\]]*\])\}\}/.exec(body!)!;
        return { key, type, field, values: JSON.parse(values!) as string[] };
      });

  it('asks for no more than a page holds, once in each language', () => {
    const requests = asked(targets, ['en', 'fr']);
    expect(requests.map((r) => [r.key, r.values.length])).toEqual([
      ['grants-en: identifier 1', 100],
      ['grants-en: identifier 2', 50],
      ['grants-fr: identifier 1', 100],
      ['grants-fr: identifier 2', 50],
    ]);
    expect(requests.slice(0, 2).flatMap((r) => r.values)).toEqual(targets.map((t) => t.identifier));
  });

  it('asks once for what several are named by', () => {
    expect(
      asked([target(0), target(0), target(1), target(1, { reference: 'R9' })]).map((r) => r.values),
    ).toEqual([['T-0', 'T-1']]);
  });

  it('asks for each by the best name that is known of it, within its own kind', () => {
    const requests = asked([
      target(1),
      target(2, { identifier: null }),
      target(3, { identifier: null, callIdentifier: null }),
      target(4, { kind: 'external-action', callIdentifier: '170893' }),
      target(5, { kind: 'external-action', callIdentifier: null }),
      target(6, { kind: 'cascade', url: `${PAGE}/9101`, callIdentifier: null }),
      target(7, {
        kind: 'cascade',
        url: 'https://elsewhere.example/competitive-calls-cs/x',
        callIdentifier: null,
      }),
    ]);
    expect(requests.map(({ type, field, values }) => ({ type, field, values }))).toEqual([
      { type: GRANT, field: 'identifier', values: ['T-1'] },
      { type: GRANT, field: 'callIdentifier', values: ['T'] },
      { type: ACTION, field: 'callIdentifier', values: ['170893'] },
      { type: ACTION, field: 'identifier', values: ['T-5'] },
      { type: CASCADE, field: 'callccm2Id', values: ['9101'] },
      { type: CASCADE, field: 'identifier', values: ['T-7'] },
    ]);
    expect(asked([target(3, { identifier: null, callIdentifier: null })])).toEqual([]);
  });

  it('counts each kind in either look, whatever is looked at, and asks for the newest notes in the first', () => {
    const beside = (scan: 1 | 2, calls = targets) =>
      source.quickCheck!(calls, { scan, languages: ['en'] })
        .map((r) => r.key)
        .filter(isBeside);
    const counts = ['grants-en: count.1', 'external-actions-en: count.1', 'cascade-calls-en: count.1'];
    expect([beside(1), beside(2), beside(1, [])]).toEqual([
      [...counts, 'notes: newest'],
      counts,
      [...counts, 'notes: newest'],
    ]);
  });

  it('asks the other way round the second time', () => {
    const bodies = ([1, 2] as const).map(
      (scan) => source.quickCheck!(targets, { scan, languages: ['en'] }).find((r) => !isBeside(r.key))!.body!,
    );
    expect(bodies[1]).toBe(bodies[0]!.replace('"ASC"', '"DESC"'));
    expect(bodies[0]).not.toBe(bodies[1]);
  });
});
