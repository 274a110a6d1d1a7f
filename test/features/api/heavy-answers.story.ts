import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { allRoutes } from '../../../src/platform/access/rule.js';
import { HEAVY, HeavyAnswers } from '../../../src/platform/api/limits.js';
import { api, type TestApp } from '../../support/app.js';
import { somebody, type Answer, type Somebody } from '../../support/access/people.js';
import { formWith } from '../../support/institutes/sheets.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';

describe('answers that take much work', () => {
  let inbox: InboxTest;
  let test: TestApp;
  let other: Somebody;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind'), aProfile('sun')], [aCall('1'), aCall('2')]);
    test = inbox.test;
    other = await somebody(test, { role: 'officer', profile: 'sun' });
  });
  afterAll(() => inbox?.stop());

  it('are all files but those that are made in turn by the id of their link, or without their translation', () => {
    const controllers = test.app
      .get(DiscoveryService)
      .getControllers()
      .flatMap(({ instance }) => (instance ? [instance as Record<string, object>] : []));
    const isHeavy = (handler: string): boolean => {
      const [type, name] = handler.split('.');
      const controller = controllers.find((c) => c.constructor.name === type)!;
      return Reflect.getMetadata(HEAVY, controller[name!]!) === true;
    };
    const files = allRoutes(test.app.get(DiscoveryService), new MetadataScanner()).filter(
      ({ path }) =>
        /\.(?::format|xlsx|csv|ics)$|personal-data(?:\/export|\/download|\/of\/download)?$/.test(path) ||
        /papers\/(?:pack|offer)$/.test(path),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(
      files
        .filter(({ handler }) => !isHeavy(handler))
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      'DELETE /v1/me/personal-data',
      'GET /calendars/:secret.ics',
      'GET /feeds/:secret/matches.:format',
      'GET /institutes/:profile/calls/:call/brief.:format',
      'GET /institutes/:profile/newsletters/:newsletter/newsletter.:format',
      'GET /personal-data',
    ]);
  });

  /** Runs `work` while nobody else can read a table. */
  async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: test.wiring.env.DATABASE_URL });
    await client.connect();
    try {
      await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      await work();
    } finally {
      await client.end();
    }
  }

  it('are four of one caller at a time: the rest are told when to come back, and others are served meanwhile', async () => {
    const answered: Response[] = [];
    const asked: Promise<Response>[] = [];
    await whileLocked('call', async () => {
      await new Promise<void>((twelve) => {
        asked.push(
          ...Array.from({ length: 16 }, async () => {
            const response = await fetch(new URL('/v1/export/calls.xlsx', test.url), {
              headers: { authorization: `Bearer ${inbox.token}` },
            });
            if (answered.push(response) === 12) twelve();
            return response;
          }),
        );
      });
      expect(answered.map((r) => r.status)).toEqual(Array(12).fill(429));
      expect(answered.map((r) => Number(r.headers.get('retry-after')))).toEqual(Array(12).fill(10));
      expect(answered[0]!.headers.get('content-type')).toContain('application/problem+json');
      expect(await answered[0]!.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
      expect((await other.get('/institutes/sun/team')).status).toBe(200);
      expect((await api(test.url, '/health/ready', { token: null })).status).toBe(200);
    });
    expect((await Promise.all(asked)).map((r) => r.status).sort()).toEqual([
      ...Array(4).fill(200),
      ...Array(12).fill(429),
    ]);
  });

  it('are sheets to import too: who has four files in the making sends no fifth, and others do', async () => {
    const heavy = test.app.get(HeavyAnswers);
    const stays = new AbortController().signal;
    let end!: () => void;
    const made = new Promise<void>((resolve) => (end = resolve));
    const four = Array.from({ length: 4 }, () => heavy.run(other.person.id, stays, () => made));
    const send = (): Promise<Answer> =>
      other.request('/institutes/sun/sheets/import', {
        method: 'POST',
        body: formWith('Identifier;Note\nHORIZON-1;Ours', 'ours.csv'),
      });
    const byProgram = await fetch(new URL('/v1/profiles/sun/import', test.url), {
      method: 'POST',
      headers: { cookie: other.cookie, 'sec-fetch-site': 'same-origin' },
      body: formWith('Identifier;Note\nHORIZON-1;Ours', 'ours.csv'),
    });
    expect([(await send()).status, byProgram.status]).toEqual([429, 429]);
    end();
    await Promise.all(four);
    expect((await send()).status).toBe(303);
  });

  it('are made for the next one where a caller has gone', async () => {
    const gone = new AbortController();
    await whileLocked('call', async () => {
      const asked = Array.from({ length: 5 }, () =>
        fetch(new URL('/institutes/sun/inbox.xlsx', test.url), {
          headers: { cookie: other.cookie },
          signal: gone.signal,
        }).then(
          ({ status }) => status,
          (error: Error) => error.name,
        ),
      );
      // One is refused: the other four are being made or wait.
      expect(await Promise.race(asked)).toBe(429);
      gone.abort();
      expect((await Promise.all(asked)).sort()).toEqual([429, ...Array(4).fill('AbortError')]);
    });
    expect((await other.get('/institutes/sun/inbox.xlsx')).status).toBe(200);
  });

  it('leave a full pool of connections a busy server, and not a lost database', async () => {
    const database = test.app.get(DataSource);
    const taken: QueryRunner[] = Array.from(
      { length: (database.options as { poolSize: number }).poolSize },
      () => database.createQueryRunner(),
    );
    await Promise.all(taken.map((runner) => runner.connect()));
    const quiet = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    try {
      const [page, problem, ready, alive] = await Promise.all([
        fetch(new URL('/institutes/sun/inbox', test.url), {
          headers: { cookie: other.cookie, accept: 'text/html' },
        }),
        fetch(new URL('/v1/calls', test.url), { headers: { authorization: `Bearer ${inbox.token}` } }),
        api(test.url, '/health/ready', { token: null }),
        api(test.url, '/health', { token: inbox.token }),
      ]);
      expect([page.status, page.headers.get('retry-after')]).toEqual([503, '10']);
      expect(await page.text()).toMatch(/Le serveur est très sollicité[\s\S]*The server is busy/);
      expect(await problem.json()).toEqual({
        type: 'urn:carnot-europe:problem:busy',
        code: 'busy',
        title: 'Server Busy',
        status: 503,
        detail: 'The server is busy. Try again in a moment.',
        instance: '/v1/calls',
      });
      expect(ready).toMatchObject({ status: 200, body: { status: 'ok', sending: 'on' } });
      expect(alive.status).toBe(200);
    } finally {
      quiet.mockRestore();
      await Promise.all(taken.map((runner) => runner.release()));
    }
    expect((await other.get('/institutes/sun/inbox')).status).toBe(200);
  });
});
