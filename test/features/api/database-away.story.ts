import { DataSource } from 'typeorm';
import { DatabasePulse } from '../../../src/platform/database/database-pulse.js';
import { POOL_SIZE } from '../../../src/platform/database/connections.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { freshDatabase, type TestDatabase } from '../../support/database/database.js';
import { lineTo, type DatabaseLine } from '../../support/database/database-line.js';

/** How long a request may wait: three seconds until the check, and two for the check itself. */
const SOON_MS = 8_000;

const browser = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;
const returning = {
  headers: { accept: 'text/html', cookie: 'session=of-an-earlier-visit' },
  redirect: 'manual',
} as const;
const program = { headers: { authorization: `Bearer ${TOKEN}` } } as const;

describe('a request while the database is away', () => {
  let [database, line, server]: [TestDatabase | undefined, DatabaseLine | undefined, TestApp | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  let quiet: jest.SpyInstance[] = [];
  beforeEach(async () => {
    database = await freshDatabase();
    line = await lineTo(database.url);
    server = await startApp({}, { working: false, databaseUrl: line.url });
    quiet = [jest.spyOn(process.stderr, 'write'), jest.spyOn(process.stdout, 'write')].map((spy) =>
      spy.mockImplementation(() => true),
    );
  });
  afterEach(async () => {
    quiet.forEach((spy) => spy.mockRestore());
    line?.goOn();
    await line?.cut();
    await server?.stop();
    await database?.drop();
  });

  /** Sends all requests at once; pages are checked for their text, a problem for its format. */
  async function asked(): Promise<{ pages: Response[]; problem: Response; ms: number }> {
    const begun = performance.now();
    const ask = (path: string, init: RequestInit): Promise<Response> =>
      fetch(new URL(path, server!.url), init);
    const [first, again, problem] = await Promise.all([
      ask('/sign-in', browser),
      ask('/inbox', returning),
      ask('/v1/calls', program),
    ]);
    return { pages: [first!, again!], problem: problem!, ms: performance.now() - begun };
  }

  async function expectAway(): Promise<void> {
    const { pages, problem, ms } = await asked();
    expect(ms).toBeLessThan(SOON_MS);
    expect([...pages, problem].map((r) => [r.status, r.headers.get('retry-after')])).toEqual(
      Array(3).fill([503, '10']),
    );
    for (const page of pages) {
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).toMatch(
        /La base de données ne répond pas[\s\S]*The database is not responding/,
      );
    }
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect(await problem.json()).toEqual({
      type: 'about:blank',
      code: 'database-away',
      title: 'Service Unavailable',
      status: 503,
      detail: 'The database is not responding. Try again in a moment.',
      instance: '/v1/calls',
    });
  }

  it('is answered soon where the server has stopped and its connections are open, and is served again when it goes on', async () => {
    line!.halt();
    await expectAway();
    line!.goOn();
    const { pages, problem } = await asked();
    expect([...pages.map((p) => p.status), problem.status]).toEqual([200, 303, 200]);
  });

  it('is answered at once where nothing listens', async () => {
    await line!.cut();
    await expectAway();
  });

  it('is answered alike where its connections are all in use when the server stops', async () => {
    const pool = server!.app.get(DataSource);
    const taken = Array.from({ length: POOL_SIZE }, () => pool.createQueryRunner());
    await Promise.all(taken.map((runner) => runner.connect()));
    line!.halt();
    await expectAway();
    line!.goOn();
    await Promise.all(taken.map((runner) => runner.release()));
  });

  it('is not answered so where only this process was held up for longer than the database may be silent', async () => {
    const answers = new DatabasePulse(database!.url).answers();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    expect(await answers).toBe(true);
  });

  it('is refused as one for which there is no room where the disk of the database is full, while all can be read', async () => {
    const { body: profile } = await api(server!.url, '/v1/profiles/leti');
    const save = () =>
      api(server!.url, '/v1/profiles/leti', { method: 'PUT', body: { ...profile, name: 'Leti, renamed' } });
    // PostgreSQL's own SQLSTATE; a test cannot fill the disk that it shares with other databases.
    const full = `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file "base/5/1"' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER no_room BEFORE UPDATE ON profile EXECUTE FUNCTION no_room()`;
    await server!.app.get(DataSource).query(full);
    expect(await save()).toMatchObject({
      status: 507,
      type: expect.stringContaining('application/problem+json'),
      body: {
        title: 'Insufficient Storage',
        detail: 'The server has no disk space left, so nothing was saved. Its operator has to make room.',
      },
    });
    expect((await api(server!.url, '/v1/profiles/leti')).body.name).toBe(profile.name);
    expect((await api(server!.url, '/health/ready')).body).toMatchObject({ status: 'ok', storage: 'full' });
    const { body: metrics } = await api<string>(server!.url, '/metrics');
    expect(metrics).toMatch(/^carnot_disk_full\{disk="database"\} 1$/m);
    expect(metrics).toMatch(/^carnot_disk_full\{disk="data"\} 0$/m);
    await server!.app.get(DataSource).query('DROP TRIGGER no_room ON profile');
    expect((await save()).status).toBe(200);
  });
});
