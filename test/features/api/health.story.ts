import pg from 'pg';
import { HealthController } from '../../../src/monitoring/api/health.controller.js';
import { ServiceCheck } from '../../../src/monitoring/service-monitors.js';
import { api, startApp, type TestApp } from '../../support/app.js';

describe('health', () => {
  let server: TestApp;
  beforeEach(async () => {
    server = await startApp({}, { working: false });
  });
  afterEach(() => server?.stop());

  /** Returns which parts respond, as exported to Prometheus, and a figure that only the database knows. */
  async function metrics(): Promise<Record<string, string | undefined>> {
    const { status, body } = await api<string>(server.url, '/metrics');
    expect(status).toBe(200);
    const figure = (name: string): string | undefined => new RegExp(`^${name} (\\d+)$`, 'm').exec(body)?.[1];
    return {
      database: figure('carnot_up\\{part="database"\\}'),
      queue: figure('carnot_up\\{part="queue"\\}'),
      profiles: figure('carnot_profiles'),
    };
  }

  it('is told to anybody', async () => {
    for (const path of ['/health', '/health/live', '/health/ready']) {
      expect(await api(server.url, path, { token: null })).toMatchObject({
        status: 200,
        body: { status: 'ok' },
      });
    }
  });

  it('is ready again after the database was away', async () => {
    const quiet = [jest.spyOn(process.stderr, 'write'), jest.spyOn(process.stdout, 'write')].map((spy) =>
      spy.mockImplementation(() => true),
    );
    const { pathname } = new URL(server.wiring.env.DATABASE_URL!);
    const name = pathname.slice(1);
    const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
    await client.connect();
    try {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      for (let i = 0; i < 3; i += 1) {
        const { status, type, body } = await api(server.url, '/health/ready', { token: null });
        expect({ status, ...body }).toMatchObject({
          status: 503,
          title: 'Service Unavailable',
          detail: expect.stringContaining('the database'),
        });
        expect(type).toContain('application/problem+json');
        expect(body.detail).not.toMatch(/postgres|test_|127\.0\.0\.1|not currently accepting/);
      }
      expect((await api(server.url, '/health', { token: null })).status).toBe(200);
      expect((await api(server.url, '/v1/calls')).body).toMatchObject({
        status: 503,
        detail: 'The database is not responding. Try again in a moment.',
      });
      expect(await metrics()).toEqual({ database: '0', queue: '1', profiles: undefined });
    } finally {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await client.end();
      quiet.forEach((spy) => spy.mockRestore());
    }
    expect((await api(server.url, '/health/ready')).status).toBe(200);
    expect((await api(server.url, '/v1/calls')).status).toBe(200);
    expect(await metrics()).toMatchObject({ database: '1', queue: '1', profiles: expect.any(String) });
  });
});

describe('readiness', () => {
  const after = (ms: number, fails: boolean) =>
    new Promise((resolve, reject) =>
      setTimeout(() => (fails ? reject(new Error('gone')) : resolve(null)), ms),
    );
  const ready = (database: () => Promise<unknown>, queue: () => Promise<unknown>) =>
    new HealthController(
      new ServiceCheck(
        { held: database } as never,
        { counts: queue } as never,
        { answers: () => Promise.resolve(false) } as never,
      ),
      { SMTP_URL: 'smtp://mail.example.org' } as never,
    ).ready();

  it('names what does not answer, and leaves no failure that nobody waits for', async () => {
    // The test runner fails a test on an unhandled rejection, since it would end the process.
    for (const [first, second] of [
      [0, 20],
      [20, 0],
    ] as const) {
      await expect(
        ready(
          () => after(first, true),
          () => after(second, true),
        ),
      ).rejects.toThrow('not-responding, parts: the database, the queue');
      await after(40, false);
    }
    await expect(
      ready(
        () => after(0, false),
        () => after(0, true),
      ),
    ).rejects.toThrow('not-responding, parts: the queue');
    expect(
      await ready(
        () => Promise.resolve(null),
        () => after(0, false),
      ),
    ).toMatchObject({ status: 'ok', sending: 'on', mail: 'server' });
  });

  it('does not wait for an answer that never comes', async () => {
    jest.useFakeTimers();
    try {
      const asked = expect(
        ready(
          () => Promise.resolve(),
          () => new Promise(() => undefined),
        ),
      ).rejects.toThrow('not-responding, parts: the queue');
      await jest.advanceTimersByTimeAsync(5_000);
      await asked;
    } finally {
      jest.useRealTimers();
    }
  });
});
