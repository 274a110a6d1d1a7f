import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { programEnvironment } from './cluster.js';
import { failure } from './failure.js';
import { clusterOf, type Place } from './place.js';
import { startedAt, workingFolder } from './processes.js';

/** A server process of ours. `started` distinguishes it from a later process with the same id. */
export interface Running {
  pid: number;
  started: string;
  /** The superuser's address. */
  url: string;
}

/** Server settings, by PostgreSQL's names. */
export type ServerSettings = Record<string, string | number>;

const settings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // No socket in /tmp, where every user of the machine could connect.
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Parallel queries need more than a container's 64 MB of /dev/shm, and gain nothing on a small database.
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
};

const urlOf = (password: string, port: number): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ask(url: string): Promise<'yes' | 'starting' | 'wrong password' | 'no'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'yes';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '28P01') return 'wrong password';
    // The password was right. A killed start left the server without that database; this one creates it.
    if (code === '3D000') return 'yes';
    return code === '57P03' ? 'starting' : 'no';
  } finally {
    void client.end().catch(() => undefined);
  }
}

/** Waits for an answer. A server that reports crash recovery gets time for it; a silent one does not. */
async function answers(url: string, lives: () => boolean, patienceMs: number): Promise<boolean> {
  const begun = Date.now();
  for (;;) {
    const said = await ask(url);
    if (said === 'yes' || said === 'wrong password') return said === 'yes';
    if (!lives() || Date.now() - begun > (said === 'starting' ? 60_000 : patienceMs)) return false;
    await sleep(50);
  }
}

/** Stops a server: fast shutdown, immediate after 5 s, finally by force. Committed rows survive all three. */
export async function stopServer({ pid, started }: Pick<Running, 'pid' | 'started'>): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 5000],
    ['SIGQUIT', 1000],
    ['SIGKILL', 1000],
  ] as const) {
    const deadline = Date.now() + patienceMs;
    if (startedAt(pid) !== started) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      // It may have ended in between.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    while (Date.now() < deadline) {
      if (startedAt(pid) !== started) return;
      await sleep(25);
    }
  }
}

function readPidFile(cluster: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return null;
  }
}

/**
 * Whether a process id is in use. Also true for a zombie, and for any other process that we may signal, like
 * PostgreSQL's own test.
 */
function numberIsTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Returns the server that a killed process of ours left behind, if it answers; if not, stops it. PostgreSQL
 * itself handles the pid file of a dead server, but not if its id is in use again, by another process of the
 * same user or by a zombie that nobody reaps: it would refuse to start. The file is then removed, once it is
 * certain that no server works in this folder.
 */
export async function adoptServer(place: Place, password: string): Promise<Running | null> {
  const cluster = clusterOf(place.folder);
  const left = readPidFile(cluster);
  if (!left) return null;
  const started = startedAt(left.pid);
  if (started !== null) {
    const where = workingFolder(left.pid, place.ids);
    // Hidden: it belongs to another user. PostgreSQL can deal with that, or its log says why not.
    if (where === null) return null;
    const found = { pid: left.pid, started, url: urlOf(password, left.port) };
    const lives = (): boolean => startedAt(found.pid) === started;
    if (where === cluster && left.port > 0 && (await answers(found.url, lives, 3000))) return found;
    if (where === cluster) await stopServer(found);
  }
  if (numberIsTaken(left.pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return null;
}

function launch(place: Place, bin: string, port: number, own: ServerSettings): ChildProcess {
  const log = join(place.folder, 'postgres.log');
  // New each time: it stays small, and the old one may belong to another user who started us last time.
  rmSync(log, { force: true });
  const output = openSync(log, 'wx', 0o600);
  const options = Object.entries({ port, ...settings, ...own }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  try {
    return spawn(join(bin, 'postgres'), ['-D', clusterOf(place.folder), ...options], {
      ...place.ids,
      cwd: place.folder,
      env: programEnvironment(),
      stdio: ['ignore', output, output],
      // In its own process group: Ctrl+C in the terminal is for us, and we stop it after the last query.
      detached: true,
    });
  } finally {
    closeSync(output);
  }
}

/** Failures that pass by themselves: a port taken in between, memory of a server that is still ending. */
const passing = /Address already in use|shared memory block .* is still in use/;

/** Starts a server and waits until it answers; on a free port unless `formerPort` is given. */
export async function startServer(
  place: Place,
  bin: string,
  password: string,
  own: ServerSettings,
  formerPort?: number,
): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const port = formerPort ?? (await freePort());
    const child = launch(place, bin, port, own);
    await once(child, 'spawn');
    child.unref();
    const pid = child.pid ?? 0;
    const running = { pid, started: startedAt(pid) ?? '', url: urlOf(password, port) };
    const lives = (): boolean => child.exitCode === null && child.signalCode === null;
    if (await answers(running.url, lives, 20_000)) return running;
    await stopServer(running);
    const log = readFileSync(join(place.folder, 'postgres.log'), 'utf8');
    if (attempt >= 5 || !passing.test(log)) {
      const tail = log.trim().split('\n').slice(-10).join('\n');
      throw failure(
        `The embedded PostgreSQL did not start. The end of its log, ${join(place.folder, 'postgres.log')}:\n${tail}`,
      );
    }
    await sleep(500);
  }
}
