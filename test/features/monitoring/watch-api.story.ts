import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { Queues } from '../../../src/platform/queue/job.js';
import { SOURCE, Monitoring } from '../../support/queue/watching.js';

let w: Monitoring;
beforeAll(async () => {
  w = await Monitoring.start();
});
afterAll(() => w?.stop());
beforeEach(() => w.forget());

describe('the alarms over the API', () => {
  it('are a page of them, newest first, and each by itself', async () => {
    for (const state of ['healthy', 'broken', 'healthy', 'quiet']) {
      await w.seen(state, state === 'broken' ? 'why' : null);
      w.clock.move({ minutes: 5 });
    }
    const { body: first } = await w.call('/v1/alarms?limit=2');
    expect(first).toMatchObject({ total: 3, next: expect.any(String) });
    const { body: second } = await w.call(`/v1/alarms?limit=2&cursor=${first.next}`);
    const all = [...first.items, ...second.items];
    expect(all.map((a: any) => [a.previous, a.state, a.open])).toEqual([
      ['healthy', 'quiet', true],
      ['broken', 'healthy', false],
      ['healthy', 'broken', false],
    ]);
    expect(second.next).toBeNull();
    expect((await w.call(`/v1/alarms/${all[2].id}`)).body).toEqual({
      ...all[2],
      reason: 'why',
      subject: SOURCE,
      name: 'EU Funding & Tenders Portal',
    });
  });

  it('are what is wrong now with open=true, one for each subject, and the rest with open=false', async () => {
    for (const state of ['healthy', 'throttled', 'blocked']) await w.seen(state);
    await w.seen('late', null, 'queue/match');
    await w.seen('late', null, 'queue/notify');
    await w.seen('ok', null, 'queue/notify');
    const open = await w.alarms('&open=true');
    expect(open.map((a) => [a.subject, a.state]).sort()).toEqual([
      ['queue/match', 'late'],
      [SOURCE, 'blocked'],
    ]);
    expect((await w.alarms('&open=false')).map((a) => a.state).sort()).toEqual(['late', 'ok', 'throttled']);
    expect(await w.alarms()).toHaveLength(5);
  });

  it('do not call open what is watched no more: a source that was switched off', async () => {
    await w.seen('broken', null, 'source/gone');
    expect(await w.alarms('&open=true')).toEqual([]);
    expect(await w.newest()).toMatchObject({ name: 'source/gone', open: false });
  });

  it('are acknowledged and re-armed, as often as one likes', async () => {
    const { id } = (await w.seen('broken'))!;
    const { status, body } = await w.acknowledge(id);
    expect({ status, at: body.acknowledgedAt }).toEqual({ status: 200, at: expect.any(String) });
    w.clock.move({ hours: 1 });
    expect((await w.acknowledge(id)).body).toEqual(body);
    for (let i = 0; i < 2; i += 1)
      expect(await w.acknowledge(id, 'rearm')).toMatchObject({
        status: 200,
        body: { id, acknowledgedAt: null, open: true },
      });
  });

  it('name the sources that are in trouble to the coordination', async () => {
    const named = async (): Promise<string> =>
      load((await w.call<string>('/network/institutes')).body)('main a[href="/sources"]').text();
    await w.seen('broken');
    expect(await named()).toBe('Sources en difficulté\u00a0: EU Funding & Tenders Portal');
    await w.seen('healthy');
    expect(await named()).toBe('Toutes les sources fonctionnent');
  });

  it('cannot be acknowledged when all is well again; to re-arm them is harmless', async () => {
    const { id } = (await w.seen('broken'))!;
    await w.seen('healthy');
    const { status, type, body } = await w.acknowledge(id);
    expect({ status, type }).toEqual({
      status: 409,
      type: expect.stringContaining('application/problem+json'),
    });
    expect(body).toMatchObject({
      title: 'Conflict',
      detail:
        'EU Funding & Tenders Portal is back to normal: there is nothing to acknowledge. You will get an e-mail about the next problem.',
    });
    expect((await w.acknowledge(id, 'rearm')).status).toBe(200);
  });

  it('say 404 of one that there is not, 400 of an id or a filter that is none, 401 without a token', async () => {
    const id = randomUUID();
    for (const [path, method] of [
      [`/v1/alarms/${id}`, 'GET'],
      [`/v1/alarms/${id}/acknowledge`, 'POST'],
      [`/v1/alarms/${id}/rearm`, 'POST'],
    ] as const) {
      expect({ path, ...(await w.call(path, { method })) }).toMatchObject({
        path,
        status: 404,
        body: { detail: `There is no alarm ${id}.` },
      });
      expect((await w.call(path.replace(id, 'x'), { method })).status).toBe(400);
      expect((await w.call(path, { method, token: null })).status).toBe(401);
    }
    for (const query of ['open=yes', 'open=', 'opened=true', 'limit=0', 'cursor=x'])
      expect({ query, status: (await w.call(`/v1/alarms?${query}`)).status }).toEqual({ query, status: 400 });
    for (const path of ['/v1/alarms', '/v1/queues'])
      expect((await w.call(path, { token: null })).status).toBe(401);
  });
});

describe('the queues over the API', () => {
  const queues = (): string[] => [...w.test.app.get(Queues).names].sort();

  it('say what waits, for how long, and how they do', async () => {
    await w.waiting('match', 20);
    await w.look();
    const { body } = await w.call('/v1/queues');
    expect(body).toMatchObject({
      total: queues().length,
      next: null,
      workers: { state: 'stopped', lastSeenAt: null },
    });
    expect(body.items.map((q: any) => [q.name, q.state, q.waiting])).toEqual(
      queues().map((name) => (name === 'match' ? [name, 'late', 1] : [name, 'ok', 0])),
    );
    const match = body.items.find((q: any) => q.name === 'match');
    expect(match.oldestWaitingSeconds / 60).toBeCloseTo(20, 0);
    expect(match.stateSince).toEqual(expect.any(String));
  });

  it('come in pages too', async () => {
    const names = (body: any): string[] => body.items.map((q: any) => q.name);
    const { body: first } = await w.call('/v1/queues?limit=7');
    const { body: second } = await w.call(`/v1/queues?limit=7&cursor=${first.next}`);
    expect(names(second)).not.toEqual([]);
    expect([...names(first), ...names(second)]).toEqual(queues());
  });

  it('say 503 where their store does not answer', async () => {
    jest.spyOn(w.test.app.get(Queues), 'health').mockRejectedValueOnce(new Error('out of reach'));
    expect(await w.call('/v1/queues')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('out of reach') },
    });
  });
});

describe('the sources over the API', () => {
  const source = async () =>
    (await w.call('/v1/sources')).body.items.find((s: any) => s.id === 'funding-tenders');

  it('say how old what is known of them is, since when they are in their state, and whether somebody knows', async () => {
    expect(await source()).toMatchObject({
      state: 'new',
      stateSince: null,
      ageHours: null,
      acknowledgedAt: null,
    });
    await w.put('broken', 'why');
    await w.query('UPDATE source SET state_since = $1, last_good_run_at = $2', [
      w.clock.now(),
      new Date(w.clock.now().getTime() - 90 * 60_000),
    ]);
    await w.look();
    const [alarm] = await w.alarms(`&open=true`);
    expect(await source()).toMatchObject({
      state: 'broken',
      ageHours: 1.5,
      stateSince: expect.any(String),
      acknowledgedAt: null,
    });
    await w.acknowledge((await w.alarms()).find((a) => a.subject === SOURCE)!.id);
    expect(alarm).toBeDefined();
    expect((await source()).acknowledgedAt).toEqual(expect.any(String));
  });
});
