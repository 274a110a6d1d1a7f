import pg from 'pg';
import { api, startApp, type TestApp } from '../support/app.js';

describe('a database that has no room for what a new connection writes', () => {
  let server: TestApp;
  let superuser: pg.Client;
  beforeAll(async () => {
    server = await startApp({}, { bullmq: true });
    const url = new URL(process.env['TEST_SUPERUSER_URL']!);
    url.pathname = new URL(server.wiring.env.DATABASE_URL!).pathname;
    superuser = new pg.Client({ connectionString: url.href });
    await superuser.connect();
  });
  afterAll(async () => {
    await superuser?.query('DROP EVENT TRIGGER IF EXISTS no_room');
    await superuser?.end();
    await server?.stop();
  });

  it('is ready all the same, and said to be full', async () => {
    const ready = () => api(server.url, '/health/ready');
    expect((await ready()).body).toMatchObject({ storage: 'ok' });
    // PostgreSQL refuses new connections like this when it cannot write its catalogue cache ("could not write
    // init file").
    await superuser.query(`CREATE FUNCTION no_room() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RAISE EXCEPTION 'could not write init file' USING ERRCODE = 'disk_full'; END IF; END $$`);
    await superuser.query('CREATE EVENT TRIGGER no_room ON login EXECUTE FUNCTION no_room()');
    // Wait for it: a terminating connection still accepts statements until it ends.
    await superuser.query(
      `SELECT pg_terminate_backend(pid, 60_000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'carnot-europe queue'`,
    );
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'ok', storage: 'full' } });
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
      /^carnot_disk_full\{disk="database"\} 1$/m,
    );
  });
});
