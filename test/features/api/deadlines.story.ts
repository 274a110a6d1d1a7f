import { DataSource } from 'typeorm';
import { MatchJob } from '../../../src/matching/match.job.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { serviceKey } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const at = (...instants: string[]) => instants.map((instant) => ({ at: instant, timeTold: true }));
const wind = [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: 'A wind turbine for offshore wind: offshore wind turbines and the wind turbine itself.',
  },
];
const programme = { code: '31', name: 'LIFE' };

describe('deadlines', () => {
  const config = configWith([aProfile('one'), aProfile('two')]);
  const clock = new TestClock('2026-06-30T08:00:00Z');
  let server: TestApp;
  let key: string;
  beforeAll(async () => {
    server = await startApp({}, { working: false, clock, adjust: on(config.dir) });
    const calls = [
      aCall('LIFE', { deadlines: at('2026-09-15T15:00:00Z'), programme }),
      aCall('STAGES', {
        deadlines: at('2026-09-15T15:00:00Z', '2027-03-02T16:00:00Z'),
        deadlineModel: 'two-stage',
        sections: wind,
      }),
      // 23:30 in Brussels: already another day than in UTC.
      aCall('LATE', { deadlines: at('2026-09-15T21:30:00Z') }),
      aCall('NIGHT', { deadlines: at('2026-09-15T22:30:00Z') }),
      aCall('PASSED', { deadlines: at('2026-06-10T15:00:00Z') }),
      aCall('FAR', { deadlines: at('2027-08-01T15:00:00Z') }),
      aCall('WITHDRAWN', { deadlines: at('2026-10-01T15:00:00Z') }),
      aCall('UNDATED', { deadlines: [] }),
      aCall('OPEN', { identifier: 'ERC-2031-STG', deadlines: at('2028-06-01T15:00:00Z'), sections: wind }),
    ];
    await storeCalls(server.app, calls, 'test', clock.now());
    await server.app
      .get(DataSource)
      .query(`UPDATE call SET withdrawn_at = now() WHERE content->>'reference' = 'WITHDRAWN'`);
    await server.app.get(MatchJob).run({ profileId: 'one' });
    // With so few calls no word is rare, so nothing scores high.
    await server.app
      .get(DataSource)
      .query(
        `UPDATE match SET score = 60 WHERE call_id IN (SELECT id FROM call WHERE content->>'reference' IN ('STAGES', 'OPEN'))`,
      );
    key = await serviceKey(server, 'read', 'one');
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const list = async (query = '', token?: string) =>
    (await api(server.url, `/v1/deadlines${query}`, token === undefined ? {} : { token })).body;
  const days = async (query = '', token?: string): Promise<string[]> =>
    (await list(query, token)).items.map((d: { day: string }) => d.day);

  it('come for each stage on its own, by the day in Brussels, over the twelve months from this one on', async () => {
    expect(await days()).toEqual([
      '2026-06-10',
      '2026-09-15',
      '2026-09-15',
      '2026-09-15',
      '2026-09-16',
      '2027-03-02',
    ]);
  });

  it('leave withdrawn calls out, and take those of other times where they are asked for', async () => {
    expect(await days('?from=2026-10-01&to=2026-10-02')).toEqual([]);
    expect(await days('?from=2027-06-01&to=2028-01-01')).toEqual(['2027-08-01']);
  });

  it('are those that fit an institute alone: its own without asking, any for the network', async () => {
    expect(await days('?only=fitting', key)).toEqual(['2026-09-15', '2027-03-02']);
    expect(await days('?profile=one&only=fitting')).toEqual(['2026-09-15', '2027-03-02']);
  });

  it('are none that fits where a call is open to every subject: it is no match of a competence', async () => {
    expect(await days('?from=2028-06-01&to=2028-06-02', key)).toEqual(['2028-06-01']);
    expect(await days('?from=2028-06-01&to=2028-06-02&only=fitting', key)).toEqual([]);
  });

  it('skip none of a call that has two at one moment', async () => {
    const two = [
      { kind: 'cut-off', at: '2029-03-01T16:00:00Z', timeTold: true, brussels: '' },
      { kind: 'stage-1', at: '2029-03-01T16:00:00Z', timeTold: true, brussels: '' },
    ];
    await server.app
      .get(DataSource)
      .query(
        `UPDATE call SET deadlines = $1, last_deadline_at = '2029-03-01T16:00:00Z' WHERE content->>'reference' = 'FAR'`,
        [JSON.stringify(two)],
      );
    const first = await list('?from=2029-01-01&to=2030-01-01&limit=1');
    const second = await list(`?from=2029-01-01&to=2030-01-01&limit=1&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((d: any) => d.kind).sort()).toEqual(['cut-off', 'stage-1']);
    expect([first.total, second.next]).toEqual([2, null]);
  });

  it('come one by one with their calls, the nearest first, at the same moment what fits best, in pages', async () => {
    const { items, total } = await list('?profile=one');
    expect(total).toBe(6);
    expect(items.map((d: any) => [d.day, d.kind, d.call.identifier, d.score !== null])).toEqual([
      ['2026-06-10', 'single', 'HORIZON-PASSED', false],
      ['2026-09-15', 'stage-1', 'HORIZON-STAGES', true],
      ['2026-09-15', 'single', 'HORIZON-LIFE', false],
      ['2026-09-15', 'single', 'HORIZON-LATE', false],
      ['2026-09-16', 'single', 'HORIZON-NIGHT', false],
      ['2027-03-02', 'stage-2', 'HORIZON-STAGES', true],
    ]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`?profile=one&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((d: any) => `${d.at} ${d.call.id}`));
      cursor = page.next;
    }
    expect(seen).toEqual(items.map((d: any) => `${d.at} ${d.call.id}`));
  });

  it('are of one programme', async () => {
    for (const name of ['LIFE', 'life']) expect(await days(`?programme=${name}`)).toEqual(['2026-09-15']);
  });

  it('are refused where the question makes no sense, or is about another institute', async () => {
    expect(await api(server.url, '/v1/deadlines?only=fitting')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'only' }] },
    });
    expect(await api(server.url, '/v1/deadlines?from=soon')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'from' }] },
    });
    expect(await api(server.url, '/v1/deadlines?profile=nobody')).toMatchObject({ status: 404 });
    expect(await api(server.url, '/v1/deadlines?profile=two', { token: key })).toMatchObject({ status: 403 });
    expect(await api(server.url, '/v1/deadlines?cursor=x')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'cursor' }] },
    });
  });
});
