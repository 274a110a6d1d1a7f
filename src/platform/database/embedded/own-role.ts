import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';

/** The name of the program's role and of its database. */
const DATABASE = 'carnot';
const GIVE = readFileSync(new URL('../own-role.sql', import.meta.url), 'utf8');

/** Whether the default database holds anything: earlier versions kept everything there. */
const FILLED = `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS filled`;

const withDatabase = (url: string, database: string): URL =>
  Object.assign(new URL(url), { pathname: `/${database}` });

async function on<T>(url: URL, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url.href, application_name: 'carnot-europe setup' });
  // A server that ends is also reported by the statement.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const hasDatabase = async (client: pg.Client, name: string): Promise<boolean> =>
  (await client.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount === 1;

/** Creates the database, or takes over an earlier version's. If killed, the next start completes it. */
async function makeDatabase(superuser: string): Promise<void> {
  const server = withDatabase(superuser, 'template1');
  const isThere = await on(server, (client) => hasDatabase(client, DATABASE));
  const [old] = isThere
    ? []
    : (await on(withDatabase(superuser, 'postgres'), (client) => client.query<{ filled: boolean }>(FILLED)))
        .rows;
  await on(server, async (client) => {
    if (old?.filled) {
      // Connections of a process that was killed.
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'`);
      await client.query(`ALTER DATABASE postgres RENAME TO ${DATABASE}`);
    }
    for (const name of ['postgres', DATABASE])
      if (!(await hasDatabase(client, name)))
        await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  });
}

/**
 * Creates the program's role, which owns its database and has no rights over the server, and returns its
 * address. The password is new at each start.
 */
export async function giveOwnRole(superuser: string): Promise<string> {
  await makeDatabase(superuser);
  const password = randomBytes(24).toString('hex');
  await on(withDatabase(superuser, DATABASE), async (client) => {
    await client.query('SELECT set_config($1, $2, false), set_config($3, $4, false)', [
      'carnot.role',
      DATABASE,
      'carnot.password',
      password,
    ]);
    await client.query(GIVE);
  });
  return Object.assign(withDatabase(superuser, DATABASE), { username: DATABASE, password }).href;
}
