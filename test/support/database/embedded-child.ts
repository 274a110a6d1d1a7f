import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a child process saw: the server it got, and the row count after adding one; or the error. */
export interface Seen {
  url: string;
  folder: string;
  note: string | null;
  rows: number;
  serverPid: number;
  error?: { name: string; message: string };
}

const built = 'platform/database/embedded/embedded-postgres.js';

const program = (dist: string): string => `
  import { readFileSync } from 'node:fs';
  import { createRequire } from 'node:module';
  import { startEmbeddedPostgres } from ${JSON.stringify(pathToFileURL(join(dist, built)).href)};
  const pg = createRequire(${JSON.stringify(join(dist, built))})('pg');
  const [dataDir, end] = process.argv.slice(1);
  // Heard from the start: whoever reads what is said may answer at once.
  const interrupted = end === 'stay' ? new Promise((done) => process.once('SIGINT', done)) : null;
  const say = (seen) => new Promise((done) => process.stdout.write(JSON.stringify(seen) + '\\n', done));
  try {
    const server = await startEmbeddedPostgres(dataDir);
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())');
    await client.query('INSERT INTO kept DEFAULT VALUES');
    const { rows } = await client.query('SELECT count(*)::int AS rows FROM kept');
    await client.end();
    const serverPid = Number(readFileSync(server.folder + '/cluster/postmaster.pid', 'utf8').split('\\n')[0]);
    await say({ ...server, rows: rows[0].rows, serverPid });
    if (end === 'die') process.kill(process.pid, 'SIGKILL');
    if (end === 'stay') {
      setInterval(() => undefined, 1000);
      await interrupted;
    }
    await server.stop();
    process.exit(0);
  } catch (error) {
    await say({ error: { name: error.name, message: error.message } });
    process.exit(1);
  }
`;

export interface ChildOptions {
  /** The built program; the project's by default (`npm test` builds it first). */
  dist?: string;
  uid?: number;
  gid?: number;
}

/**
 * Starts a process that starts the embedded server, adds a row, and then stops it, is killed (`die`) or stays
 * until SIGINT.
 */
export async function startChild(
  dataDir: string,
  end: 'stop' | 'die' | 'stay' = 'stop',
  { dist = resolve('dist'), ...user }: ChildOptions = {},
): Promise<{ seen: Seen; child: ChildProcess }> {
  if (!existsSync(join(dist, built)))
    throw new Error(`${join(dist, built)} is missing: run npm run build first.`);
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(dist), dataDir, end], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  if (end !== 'stay') await ended;
  return { seen: JSON.parse(text || '{"error":{"name":"Silence","message":""}}') as Seen, child };
}
