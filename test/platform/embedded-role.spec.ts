import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import {
  type EmbeddedServer,
  startEmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { runningServer } from '../../src/platform/database/embedded/running-server.js';
import { superuserOf } from '../support/database/embedded-superuser.mjs';

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  return work(client).finally(() => client.end());
}

const all = (url: string, ...statements: string[]) =>
  on(url, async (client) => {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  });

const RIGHTS = `SELECT current_user::text AS role, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS rights,
  (SELECT datdba = r.oid FROM pg_database WHERE datname = current_database()) AS owns FROM pg_roles r WHERE rolname = current_user`;

/** Objects outside PostgreSQL's own that belong to another role. */
const STRANGE = `SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'bullmq') AND c.relowner <> current_user::regrole
  UNION ALL SELECT proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE n.nspname IN ('public', 'bullmq') AND p.proowner <> current_user::regrole AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  UNION ALL SELECT typname::text FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname IN ('public', 'bullmq') AND t.typtype = 'e' AND t.typowner <> current_user::regrole
  UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname = 'bullmq' AND nspowner <> current_user::regrole`;

describe('the role of the program on the embedded PostgreSQL', () => {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'carnot-role-')));
  let server: EmbeddedServer | undefined;
  const start = async (): Promise<EmbeddedServer> => (server = await startEmbeddedPostgres(dataDir));
  afterEach(() => server?.stop());
  afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

  it('owns its database and has no rights over the server', async () => {
    const { url } = await start();
    expect(await all(url, RIGHTS)).toEqual([{ role: 'carnot', rights: false, owns: true }]);
    await all(url, 'CREATE TABLE made (id int)', 'CREATE SCHEMA own', 'CREATE EXTENSION pg_trgm');
    await expect(all(url, `COPY made FROM PROGRAM 'echo 1'`)).rejects.toThrow('permission denied');
    await expect(all(url, `SELECT pg_read_file('postgresql.conf')`)).rejects.toThrow('permission denied');
  });

  it('has another password at each start, which commands beside it are told while it runs', async () => {
    const { url, stop } = await start();
    expect(runningServer(dataDir)).toBe(url);
    await stop();
    expect(runningServer(dataDir)).toBeNull();
    const again = await start();
    expect(runningServer(dataDir)).toBe(again.url);
    const stale = Object.assign(new URL(again.url), { password: new URL(url).password }).href;
    await expect(all(stale, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('takes over what an earlier version made as the superuser, and what is asked of it then goes on', async () => {
    const superuser = superuserOf(await start());
    const template = Object.assign(new URL(superuser), { pathname: '/template1' }).href;
    await all(template, 'DROP DATABASE carnot', 'DROP DATABASE carnot_trial', 'DROP ROLE carnot');
    await all(
      superuser,
      'CREATE TABLE kept (id int GENERATED ALWAYS AS IDENTITY, n serial, text text)',
      `INSERT INTO kept (text) VALUES ('of before')`,
      'CREATE SEQUENCE alone',
      'CREATE VIEW shown AS SELECT * FROM kept',
      'CREATE SCHEMA bullmq',
      `CREATE TYPE bullmq.state AS ENUM ('waiting')`,
      'CREATE TABLE bullmq.job (id text, state bullmq.state)',
      `CREATE FUNCTION bullmq.add(a int, VARIADIC more int[]) RETURNS int LANGUAGE sql AS 'SELECT a'`,
      'CREATE EXTENSION pg_trgm',
    );
    await server!.stop();
    const { url } = await start();
    expect(await all(url, RIGHTS)).toEqual([{ role: 'carnot', rights: false, owns: true }]);
    expect(await all(url, STRANGE)).toEqual([]);
    expect(
      await all(
        url,
        `INSERT INTO kept (text) VALUES ('of now')`,
        'ALTER TABLE kept ADD more int',
        'DROP VIEW shown',
        'SELECT id, text FROM kept ORDER BY id',
      ),
    ).toEqual([
      { id: 1, text: 'of before' },
      { id: 2, text: 'of now' },
    ]);
    expect(
      await all(superuserOf(server!), 'SELECT datname::text AS name FROM pg_database ORDER BY 1'),
    ).toEqual(['carnot', 'carnot_trial', 'postgres', 'template0', 'template1'].map((name) => ({ name })));
  });

  // Runs the script in docker-compose.yml. The project's own CI must have psql.
  const runs = process.env['CI'] === 'true' || spawnSync('psql', ['--version']).status === 0;
  if (!runs) console.warn('SKIPPED: the script of docker-compose.yml is not run, because there is no psql');
  (runs ? it : it.skip)(
    'is made by the script of docker-compose.yml too, beside a superuser of any name',
    async () => {
      const superuser = new URL(superuserOf(await start()));
      await all(
        superuser.href,
        'CREATE DATABASE other',
        `CREATE ROLE "first one" SUPERUSER LOGIN PASSWORD 'its own'`,
      );
      const database = Object.assign(new URL(superuser), { pathname: '/other' });
      await all(database.href, 'SET ROLE "first one"', 'CREATE TABLE public.kept (id serial)');
      const variables = {
        PGHOST: superuser.hostname,
        PGPORT: superuser.port,
        PGUSER: 'first one',
        PGPASSWORD: 'its own',
        PGDATABASE: 'other',
        DATABASE_USER: 'carnot_app',
      };
      for (const password of ['first', `it's-the second`]) {
        const { status, stderr } = spawnSync('sh', [resolve('src/platform/database/own-role.sh')], {
          env: { ...process.env, ...variables, DATABASE_PASSWORD: password },
          encoding: 'utf8',
        });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        const url = Object.assign(new URL(database), { username: 'carnot_app', password }).href;
        expect(await all(url, RIGHTS)).toEqual([{ role: 'carnot_app', rights: false, owns: true }]);
        expect(await all(url, STRANGE)).toEqual([]);
        // Where backups are restored as trials.
        expect(await all(url.replace('/other', '/other_trial'), RIGHTS)).toEqual([
          { role: 'carnot_app', rights: false, owns: true },
        ]);
      }
    },
  );

  it('is given its database by the next start where one was killed after half of it', async () => {
    const superuser = superuserOf(await start());
    await all(
      Object.assign(new URL(superuser), { pathname: '/template1' }).href,
      'ALTER DATABASE carnot OWNER TO postgres',
      'DROP DATABASE postgres',
    );
    await server!.stop();
    const { url } = await start();
    expect(await all(url, RIGHTS, 'SELECT count(*)::int AS kept FROM kept')).toEqual([{ kept: 2 }]);
    expect(await all(url, RIGHTS)).toEqual([{ role: 'carnot', rights: false, owns: true }]);
  });
});
