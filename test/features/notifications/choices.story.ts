import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { serviceKey, somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { namesItsContacts } from '../../support/notifications/told.js';
import { PREFERENCES } from '../../support/notifications/preferences.js';

/** A Wednesday, 12:00 in Brussels. */
const START = '2026-05-06T10:00:00Z';
const MONDAY = '2026-05-11T05:00:00.000Z';

describe('what one is told', () => {
  const clock = new TestClock(START);
  const config = configWith(
    [aProfile('wind-a'), aProfile('wind-b')],
    [
      {
        id: 'pair',
        name: { fr: 'Paire', en: 'Pair' },
        members: ['wind-a', 'wind-b'],
        confirmed: false,
        source: '',
      },
    ],
  );
  let server: TestApp;
  let callId: string;
  let people: Record<'officer' | 'reader' | 'stranger' | 'coordinator', Somebody>;
  let keys: Record<keyof typeof people, string>;
  beforeAll(async () => {
    server = await startApp(
      { PUBLIC_URL: 'http://calls.test' },
      { working: false, clock, adjust: on(config.dir) },
    );
    await storeCalls(server.app, [aCall('ONE', { title: 'Wind' })], 'test', clock.now());
    callId = (await query('SELECT id FROM call'))[0].id;
    const of = (role: 'officer' | 'reader' | 'coordinator', profile?: string) =>
      somebody(server, { role, ...(profile && { profile }) });
    people = {
      officer: await of('officer', 'wind-a'),
      reader: await of('reader', 'wind-a'),
      stranger: await of('officer', 'wind-b'),
      coordinator: await of('coordinator'),
    };
    keys = Object.fromEntries(
      await Promise.all(Object.entries(people).map(async ([name, who]) => [name, await who.key('write')])),
    ) as typeof keys;
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });
  beforeEach(async () => {
    clock.set(START);
    await query('DELETE FROM follow');
    await query('DELETE FROM recipient');
    await query('DELETE FROM preference_defaults');
  });

  const query = (sql: string, values: unknown[] = []) => server.app.get(DataSource).query(sql, values);
  const ask = (method: string, path: string, token: string | null = keys.officer, body?: unknown) => {
    if (method !== 'GET') clock.move({ seconds: 1 });
    return api(server.url, path, { method, token, ...(body !== undefined && { body }) });
  };
  const choose = (body: object, token = keys.officer) =>
    ask('PUT', '/v1/me/notification-preferences', token, body);
  const told = async (token = keys.officer) =>
    (await ask('GET', '/v1/me/notification-preferences', token)).body;
  const follow = (kind: string, target: string, token: string | null = keys.officer) =>
    ask('PUT', `/v1/me/follows/${kind}/${target}`, token);
  const leave = (kind: string, target: string, token: string | null = keys.officer) =>
    ask('DELETE', `/v1/me/follows/${kind}/${target}`, token);
  const NOTHING = Object.fromEntries(Object.keys(PREFERENCES).map((name) => [name, null]));

  it('is nothing at first, and to look at it changes nothing', async () => {
    expect(await told()).toEqual({
      channel: 'email',
      address: people.officer.person.email,
      language: 'en',
      preferences: NOTHING,
      holds: PREFERENCES,
      defaults: PREFERENCES,
      pausedUntil: null,
      stopped: null,
      nextDigestAt: null,
      pipeline: 'all',
      follows: [],
      waiting: 0,
    });
    expect(await query('SELECT * FROM recipient')).toEqual([]);
  });

  it('is what one follows, once, with why and since when, and when the next digest leaves', async () => {
    for (let times = 1; times <= 2; times += 1) {
      expect(await follow('profile', 'wind-a')).toMatchObject({
        status: 200,
        body: { kind: 'profile', target: 'wind-a', following: true },
      });
      expect((await follow('call', callId)).status).toBe(200);
    }
    const { follows, nextDigestAt } = await told();
    expect(follows).toEqual([
      {
        kind: 'profile',
        target: 'wind-a',
        name: 'Carnot wind-a',
        origin: 'own',
        since: expect.any(String),
        following: true,
      },
      {
        kind: 'call',
        target: callId,
        name: 'Wind',
        origin: 'own',
        since: expect.any(String),
        following: true,
      },
    ]);
    expect(nextDigestAt).toBe(MONDAY);
    expect(await query('SELECT profile_id FROM recipient')).toEqual([{ profile_id: 'wind-a' }]);
  });

  it('comes when one wants it: no digest leaves at once because the new dates have just passed', async () => {
    await follow('profile', 'wind-a');
    const { status, body } = await choose({
      preferences: { frequency: 'daily', at: '08:30', zone: 'Europe/Athens', urgent: false },
    });
    expect([status, body.preferences, body.holds]).toEqual([
      200,
      { ...NOTHING, frequency: 'daily', at: '08:30', zone: 'Europe/Athens', urgent: false },
      { ...PREFERENCES, frequency: 'daily', at: '08:30', zone: 'Europe/Athens', urgent: false },
    ]);
    expect(body.nextDigestAt).toBe('2026-05-07T05:30:00.000Z');
    expect((await query('SELECT last_slot_at FROM recipient'))[0].last_slot_at.toISOString()).toBe(
      '2026-05-06T05:30:00.000Z',
    );
    expect((await choose({ preferences: { dailyLimit: 5, frequency: null } })).body.preferences).toEqual({
      ...NOTHING,
      dailyLimit: 5,
    });
    expect((await choose({ preferences: null })).body).toMatchObject({
      preferences: NOTHING,
      nextDigestAt: MONDAY,
    });
  });

  it('pauses, goes on, is stopped and begins again', async () => {
    await follow('profile', 'wind-a');
    const paused = await choose({ preferences: null, pausedUntil: '2026-06-01T00:00:00+02:00' });
    expect(paused.body).toMatchObject({
      pausedUntil: '2026-05-31T22:00:00.000Z',
      nextDigestAt: '2026-06-01T05:00:00.000Z',
    });
    expect((await query('SELECT last_slot_at FROM recipient'))[0].last_slot_at.toISOString()).toBe(
      '2026-05-25T05:00:00.000Z',
    );
    expect((await choose({ preferences: null })).body.pausedUntil).toBe('2026-05-31T22:00:00.000Z');
    expect((await choose({ preferences: null, pausedUntil: null })).body).toMatchObject({
      pausedUntil: null,
      nextDigestAt: MONDAY,
    });
    expect((await choose({ preferences: null, stopped: true })).body).toMatchObject({
      stopped: { why: 'unsubscribed' },
      nextDigestAt: null,
    });
    clock.move({ days: 20 });
    expect((await choose({ preferences: null, stopped: false, language: 'fr' })).body).toMatchObject({
      stopped: null,
      language: 'fr',
      nextDigestAt: '2026-06-01T05:00:00.000Z',
    });
    expect((await query('SELECT last_slot_at FROM recipient'))[0].last_slot_at.toISOString()).toBe(
      '2026-05-25T05:00:00.000Z',
    );
  });

  it.each<[object, string]>([
    [{ preferences: { frequency: 'hourly' } }, 'preferences.frequency'],
    [{ preferences: { at: '25:00' } }, 'preferences.at'],
    [{ preferences: { zone: 'Mars/Base' } }, 'preferences.zone'],
    [{ preferences: { dailyLimit: 0 } }, 'preferences.dailyLimit'],
    [{ preferences: { deadlineDays: [7, -1] } }, 'preferences.deadlineDays[1]'],
    [{ preferences: { from: 'weak' } }, 'preferences.from'],
    [{ preferences: { colour: 'red' } }, 'preferences.colour'],
    [{ preferences: null, language: 'de' }, 'language'],
    [{ preferences: null, pausedUntil: '2026-05-01T00:00:00Z' }, 'pausedUntil'],
    [{ preferences: null, pausedUntil: '2036-05-01T00:00:00Z' }, 'pausedUntil'],
    [{ preferences: null, pausedUntil: 'tomorrow' }, 'pausedUntil'],
    [{}, 'preferences'],
  ])('refuses %j, and names %s', async (body, path) => {
    expect((await choose(body)).status).toBe(400);
    // A refused request does not create a recipient.
    expect(await query('SELECT * FROM recipient')).toEqual([]);
    await follow('profile', 'wind-a');
    const before = await query('SELECT * FROM recipient');
    expect(await choose(body)).toMatchObject({
      status: 400,
      type: expect.stringContaining('problem+json'),
      body: { errors: [{ path, message: expect.any(String) }] },
    });
    expect(await query('SELECT * FROM recipient')).toEqual(before);
  });

  it('is left, whether it was followed or not; what others set for one stays left', async () => {
    expect((await leave('profile', 'wind-a')).body).toEqual({
      kind: 'profile',
      target: 'wind-a',
      following: false,
    });
    await follow('profile', 'wind-a');
    await follow('call', callId);
    await query(`UPDATE follow SET origin = 'contact' WHERE kind = 'profile'`);
    await namesItsContacts(server, 'wind-a');
    for (const [kind, target] of [
      ['profile', 'wind-a'],
      ['call', callId],
      ['profile', 'wind-a'],
    ] as const)
      expect((await leave(kind, target)).status).toBe(200);
    expect((await told()).follows).toMatchObject([{ kind: 'profile', origin: 'contact', following: false }]);
    expect(await query('SELECT left_at FROM follow WHERE left_at IS NULL')).toEqual([]);
    expect((await follow('profile', 'wind-a')).status).toBe(200);
    expect((await told()).follows).toMatchObject([{ kind: 'profile', origin: 'own', following: true }]);
  });

  it('what waits is listed with its call, oldest first', async () => {
    await follow('call', callId);
    for (const n of [1, 2, 3]) {
      await query(
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, version, place, made_at, state) SELECT id, $1, $4, $2, 2, 'digest', $3, 'waiting' FROM recipient`,
        [`change/${callId}/${n}`, callId, new Date(Date.parse(START) + n), n === 2 ? 'deadline' : 'change'],
      );
    }
    expect((await told()).waiting).toBe(3);
    const shown = async (who: Somebody) => {
      const $ = load((await who.get('/account/notification-preferences')).body);
      return $('section[aria-labelledby=state] li')
        .map((_, li) => $(li).text())
        .get();
    };
    expect(await shown(people.officer)).toEqual(['Changed: Wind', 'Deadline: Wind', 'Changed: Wind']);
    expect(await shown(people.stranger)).toEqual([]);
    await query('DELETE FROM notification_item');
  });

  it('may be whatever one may look at, and nothing else', async () => {
    const refused = async (kind: string, target: string, token: string | null) =>
      (await follow(kind, target, token)).status;
    const search = (
      await ask('POST', '/v1/profiles/wind-a/searches', keys.officer, {
        name: 'S',
        page: 'calls',
        query: 'q=wind',
      })
    ).body.id as string;
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect([
      await refused('profile', 'wind-b', keys.officer),
      await refused('profile', 'nobody', keys.officer),
      await refused('profile', 'nobody', keys.coordinator),
    ]).toEqual([403, 403, 404]);
    expect([
      await refused('group', 'pair', keys.officer),
      await refused('group', 'pair', keys.coordinator),
      await refused('group', 'none', keys.coordinator),
    ]).toEqual([403, 200, 404]);
    expect([
      await refused('search', search, keys.officer),
      (
        await people.reader.request(`/v1/me/follows/search/${search}`, {
          method: 'PUT',
          headers: { accept: 'application/json' },
        })
      ).status,
      await refused('search', search, keys.stranger),
    ]).toEqual([200, 404, 404]);
    expect([
      await refused('call', nobody, keys.officer),
      await refused('call', 'one', keys.officer),
      await refused('planet', 'mars', keys.officer),
    ]).toEqual([404, 404, 400]);
    expect(
      (await query('SELECT kind FROM follow ORDER BY kind')).map((f: { kind: string }) => f.kind),
    ).toEqual(['group', 'search']);
  });

  it('is chosen by whoever is told: readers in their browser too, no service, no key that reads', async () => {
    const body = JSON.stringify({ preferences: { frequency: 'daily' } });
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    expect(
      (await people.reader.request('/v1/me/notification-preferences', { method: 'PUT', headers, body }))
        .status,
    ).toBe(200);
    expect((await told(keys.reader)).preferences.frequency).toBe('daily');
    expect((await told()).preferences.frequency).toBeNull();
    const nobodys = [TOKEN, await serviceKey(server, 'write', 'wind-a')];
    for (const token of [...nobodys, await people.officer.key('read')]) {
      expect([
        (await choose({ preferences: null }, token)).status,
        (await follow('call', callId, token)).status,
        (await leave('call', callId, token)).status,
      ]).toEqual([403, 403, 403]);
    }
    for (const token of nobodys)
      expect((await ask('GET', '/v1/me/notification-preferences', token)).status).toBe(403);
    for (const [method, path] of [
      ['GET', '/v1/me/notification-preferences'],
      ['PUT', '/v1/me/notification-preferences'],
      ['PUT', `/v1/me/follows/call/${callId}`],
      ['DELETE', `/v1/me/follows/call/${callId}`],
    ] as const) {
      expect(
        (await ask(method, path, null, method === 'PUT' ? { preferences: null } : undefined)).status,
      ).toBe(401);
    }
  });

  it("ends with one's place in the institute, but for what a profile says", async () => {
    const leaver = await somebody(server, {
      role: 'officer',
      profile: 'wind-a',
      email: 'leaver@example.org',
    });
    const key = await leaver.key('write');
    await follow('profile', 'wind-a', key);
    await follow('call', callId, key);
    await query(`UPDATE follow SET origin = 'contact' WHERE kind = 'profile'`);
    expect(
      (
        await people.officer.request(`/v1/profiles/wind-a/people/${leaver.person.id}`, {
          method: 'DELETE',
          headers: { accept: 'application/json' },
        })
      ).status,
    ).toBe(200);
    expect(await query('SELECT kind, left_at IS NULL AS follows FROM follow ORDER BY kind')).toEqual([
      { kind: 'call', follows: false },
      { kind: 'profile', follows: true },
    ]);
  });

  it('does not hold what happened while one followed nothing', async () => {
    await follow('call', callId);
    await leave('call', callId);
    clock.move({ days: 29 });
    await storeCalls(server.app, [aCall('ONE', { title: 'Wind again' })], 'test', clock.now());
    await follow('call', callId);
    const [{ planned, last, slot }] = await query(
      'SELECT planned_seq AS planned, (SELECT max(seq) FROM event) AS last, last_slot_at AS slot FROM recipient',
    );
    expect([planned, slot.toISOString() > '2026-06-01']).toEqual([last, true]);
  });
});
