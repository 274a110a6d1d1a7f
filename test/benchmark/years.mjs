/**
 * What ten years of use cost: how long a start, the main pages, each check for due work, the daily deletion and
 * a backup take, and how large the database is, after one year and after the last.
 *
 *   npm run bench -- years [--years 10] [--institutes 200] [--calls 5000] [--requests 20] [--data ../shared/evaluation]
 *
 * `--calls` are those of a year, of five sources. They are made of real topics (matching/made-calls.mjs), a
 * fifth of them with texts of their own; these are stored and matched as usual, the others and the years before
 * are copies with their dates moved, made in the database. The years before are deleted as the settings say, as
 * if that had been done daily, before anything is measured. How many blocks (of 8 kB) of the database a page
 * needs does not depend on what else the machine does.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { PersonRepository } from '../../dist/access/store/person.repository.js';
import { SessionRepository } from '../../dist/access/store/session.repository.js';
import { SessionCookie } from '../../dist/access/session-cookie.js';
import { build, end, prepare } from '../../dist/app/process.js';
import { readWiring } from '../../dist/app/wiring.js';
import { normalise } from '../../dist/calls/domain/normalise.js';
import { contentHash, sourceRecordKey } from '../../dist/calls/domain/versions/identity.js';
import { CallStore } from '../../dist/harvest/store/calls/call-store.js';
import { RunRepository } from '../../dist/harvest/store/run.repository.js';
import { SourceRepository } from '../../dist/harvest/store/source.repository.js';
import { MatchJob } from '../../dist/matching/match.job.js';
import { newSecret } from '../../dist/platform/access/secret.js';
import { acrossInstitutes } from '../../dist/platform/database/request-context.js';
import { SEES_EVERYTHING } from '../../dist/platform/database/request-context.js';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';
import { Jobs } from '../../dist/platform/queue/job-runner.js';
import { DeleteExpiredJob } from '../../dist/privacy/delete-expired.job.js';
import { freePort } from '../torture/servers.mjs';
import { madeCalls } from './matching/made-calls.mjs';
import { fillYear, FILLED, FIRST_SEQ } from './years/fill.mjs';

const { values: args } = parseArgs({
  options: {
    years: { type: 'string', default: '10' },
    institutes: { type: 'string', default: '200' },
    calls: { type: 'string', default: '5000' },
    requests: { type: 'string', default: '20' },
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/evaluation') },
  },
});
const [YEARS, INSTITUTES, CALLS, REQUESTS] = [args.years, args.institutes, args.calls, args.requests].map(
  Number,
);
const SOURCES = ['funding-tenders', 'anr', 'ademe', 'interreg', 'made'];
/** Each text is that of so many calls. */
const COPIES = 5;
/** PostgreSQL counts what a connection has read at the latest once that has been idle for ten seconds. */
const COUNTED_MS = 10_500;
/** Shorter checks for due work, and smaller tables, are left out. */
const [LEAST_MS, MOST_TABLES] = [20, 10];
const DAY_MS = 86_400_000;
const say = (text) => process.stdout.write(`${text}\n`);
const began = performance.now();
const progress = (text) =>
  process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}\n`);
if (!existsSync(join(args.data, 'topics.jsonl.gz'))) {
  say(
    `SKIPPED: there is no ${join(args.data, 'topics.jsonl.gz')}. Say with --data where the evaluation data is. Nothing was measured.`,
  );
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-years-'));
const embedded = await startEmbeddedPostgres(folder);
const variables = {
  DATABASE_URL: embedded.url,
  SOURCES: 'funding-tenders',
  DATA_DIR: join(folder, 'data'),
  BACKUP_DIR: join(folder, 'backups'),
  ADMIN_TOKEN: randomBytes(24).toString('base64url'),
  SECRET_KEY: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'error',
  PORT: '0',
};
const wiring = await readWiring(variables, 'start');
const app = await build(wiring, false);
const client = new pg.Client({ connectionString: embedded.url, options: SEES_EVERYTHING });

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Stores the calls whose texts the others copy: of all sources, open and closed within the year. */
async function storeTexts() {
  const [made, now] = [[...madeCalls(args.data, Math.ceil(CALLS / COPIES))], new Date()];
  for (const [s, sourceId] of SOURCES.entries()) {
    await app.get(SourceRepository).ensure([sourceId], now);
    const { run } = await app.get(RunRepository).begin(sourceId, now);
    const calls = made.flatMap(({ id, call }, i) => {
      if (i % SOURCES.length !== s) return [];
      const closes = new Date(now.getTime() + (((i * 97) % 365) - 270) * DAY_MS);
      const content = normalise({
        ...call,
        dataSource: sourceId,
        reference: id,
        kind: 'grant',
        identifier: `HORIZON-MADE-${i}`,
        callIdentifier: `HORIZON-MADE-CALL-${Math.floor(i / 10)}`,
        programme: { code: `${s}`, name: `Programme ${s}` },
        divisions: [],
        typesOfAction: [],
        sourceStatus: closes > now ? 'open' : 'closed',
        opensAt: new Date(closes.getTime() - 120 * DAY_MS).toISOString(),
        deadlineModel: 'single-stage',
        deadlines: [{ at: closes.toISOString(), timeTold: true }],
        budget: null,
        url: `https://calls.test/${id}`,
        alsoAt: [],
        trl: null,
      });
      return [{ key: sourceRecordKey(content), content, hash: contentHash(content), documentHash: null }];
    });
    const next = { dueAt: new Date(now.getTime() + DAY_MS), quickCheckAt: new Date(now.getTime() + DAY_MS) };
    await app.get(CallStore).store(
      {
        source: { id: sourceId, quietAfterDays: 30 },
        ...{ runId: run.id, kind: 'full', evidence: 'harvest', whole: true },
        ...{ now, calls, unread: [], notes: [], next },
      },
      wiring.settings.harvest,
    );
  }
  // They were found as they opened.
  await client.query(`UPDATE call SET first_seen_at = opens_at`);
  await client.query(`UPDATE call_version v SET seen_at = call.opens_at FROM call WHERE call.id = v.call_id`);
}

/** The included profiles, and copies of them. */
async function addInstitutes() {
  await client.query(
    `INSERT INTO profile SELECT (jsonb_populate_record(p, jsonb_build_object('id', p.id || '-' || n, 'content', p.content || jsonb_build_object('id', p.id || '-' || n)))).*
       FROM generate_series(1, 99) n CROSS JOIN profile p ORDER BY n, p.id LIMIT greatest(0, $1 - (SELECT count(*) FROM profile))`,
    [INSTITUTES],
  );
  const { rows } = await client.query('SELECT id FROM profile ORDER BY id LIMIT $1', [INSTITUTES]);
  await client.query('DELETE FROM profile WHERE NOT (id = ANY($1))', [rows.map(({ id }) => id)]);
  for (const { id } of rows) await app.get(MatchJob).run({ profileId: id });
  return rows.map(({ id }) => id);
}

/** Signs somebody in; returns the cookie. */
async function signedIn(role, profileId) {
  const [id, now, { secret, hash }] = [randomUUID(), new Date(), newSecret()];
  const who = { id, email: `${role}@bench.test`, name: `Benchmark ${role}`, language: 'en', role, profileId };
  await app.get(PersonRepository).add({ ...who, createdAt: now, invitedBy: null, invitedById: null });
  await app.get(SessionRepository).begin(
    {
      id: randomUUID(),
      tokenHash: hash,
      personId: id,
      userAgent: 'bench',
      provider: null,
      authenticatedAt: now,
      secondFactorAt: now,
    },
    now,
  );
  return `${app.get(SessionCookie).name}=${secret}`;
}

const childEnvironment = () => ({ ...process.env, ...variables });

/** Starts the API as a process of its own; returns its address, how long it took, and a function to stop it. */
async function started() {
  const port = await freePort();
  const from = performance.now();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', resolve(import.meta.dirname, '../../dist/main.js')],
    {
      env: {
        ...childEnvironment(),
        PORT: String(port),
        HOST: '127.0.0.1',
        PUBLIC_URL: `http://127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  // Whatever ends this run ends the server with it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the API ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return { url, ready: performance.now() - from, from, stop };
    await setTimeout(50);
  }
}

/** The blocks of the database that were needed so far. */
async function blocks() {
  await setTimeout(COUNTED_MS);
  const { rows } = await client.query(
    'SELECT blks_hit + blks_read AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0].n);
}

async function measured(institute, people) {
  const rows = new Map();
  const server = await started();
  rows.set('start until ready, ms', server.ready);
  const get = async (path, cookie) => {
    const answer = await fetch(`${server.url}${path}`, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
  const { rows: calls } = await client.query(
    `SELECT call_id AS id FROM match m JOIN call ON call.id = m.call_id WHERE profile_id = $1 AND call.last_deadline_at > now() ORDER BY score DESC LIMIT 10`,
    [institute],
  );
  await get(`/institutes/${institute}/why?call=${calls[0].id}`, people.officer);
  rows.set('start until the index is read, ms', performance.now() - server.from);
  const pages = {
    inbox: [`/institutes/${institute}/inbox`, people.officer],
    calls: ['/calls', people.officer],
    search: ['/calls?q=hydrogen', people.officer],
    call: [(n) => `/institutes/${institute}/calls/${calls[n % calls.length].id}`, people.officer],
    deadlines: ['/deadlines', people.officer],
    changes: ['/changes', people.officer],
    messages: [`/institutes/${institute}/messages`, people.officer],
    cockpit: ['/network', people.coordinator],
    'export of matches': [`/v1/profiles/${institute}/export/matches.xlsx`, people.officer],
  };
  for (const [name, [path, cookie]] of Object.entries(pages)) {
    const took = [];
    const before = await blocks();
    for (let n = 0; n < REQUESTS; n += 1)
      took.push(await timed(() => get(typeof path === 'string' ? path : path(n), cookie)));
    took.sort((a, b) => a - b);
    rows.set(`${name}, median, ms`, at(took, 0.5));
    rows.set(`${name}, 95th percentile, ms`, at(took, 0.95));
    rows.set(`${name}, blocks`, ((await blocks()) - before) / REQUESTS);
  }
  await server.stop();
  progress('pages measured');
  const ticks = [];
  for (const job of app.get(Jobs).due()) ticks.push([job.constructor.name, await timed(() => job.due())]);
  rows.set(
    'all checks for due work, ms',
    ticks.reduce((sum, [, ms]) => sum + ms, 0),
  );
  for (const [name, ms] of ticks) rows.set(`  of these ${name}, ms`, ms);
  rows.set('what expired in a day is deleted, ms', await timed(expired));
  const file = join(folder, `backup-${randomUUID()}`);
  rows.set('backup, ms', await timed(() => backup(file)));
  rows.set('backup, MB', statSync(file).size / 1e6);
  rmSync(file);
  const size = await client.query('SELECT pg_database_size(current_database()) / 1e6 AS mb');
  rows.set('database, MB', Number(size.rows[0].mb));
  const { rows: largest } = await client.query(
    `SELECT relname AS name, pg_total_relation_size(oid) / 1e6 AS mb, greatest(reltuples, 0) AS n FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`,
  );
  for (const { name, mb, n } of largest) {
    rows.set(`  ${name}, MB`, Number(mb));
    rows.set(`  ${name}, rows`, Number(n));
  }
  return rows;
}

async function backup(file) {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../dist/cli.js'), 'backup', file], {
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`the backup ended with ${code}`);
}

/** Runs the daily deletion, whenever it ran last. */
async function expired() {
  await client.query(`DELETE FROM setting WHERE key = 'retention'`);
  await app.get(DeleteExpiredJob).run();
}

/**
 * Deletes what would have been deleted daily, and lets the planner know what there is. Tables are written anew,
 * since years that are deleted at once leave room in them that daily deletions would have used again.
 */
async function settled() {
  await expired();
  for (const table of FILLED) await client.query(`VACUUM (FULL, ANALYZE) ${table}`);
}

async function run() {
  await prepare(app, wiring);
  await client.connect();
  await client.query(`SELECT setval('call_version_seq', ${FIRST_SEQ})`);
  await storeTexts();
  const ids = await addInstitutes();
  progress(`${ids.length} institutes matched with ${Math.ceil(CALLS / COPIES)} texts`);
  const { rows: fitting } = await client.query(
    `SELECT profile_id AS id FROM match m JOIN call ON call.id = m.call_id WHERE call.last_deadline_at > now() GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const institute = fitting[0].id;
  const people = {
    officer: await signedIn('officer', institute),
    coordinator: await signedIn('coordinator', null),
  };
  await fillYear(client, { year: 0, copies: COPIES, institutes: ids });
  await settled();
  progress('one year filled');
  const load = [loadavg()[0].toFixed(1)];
  const first = await measured(institute, people);
  for (let year = 1; year < YEARS; year += 1) {
    await fillYear(client, { year, copies: COPIES, institutes: ids });
    progress(`${year + 1} years filled`);
  }
  await settled();
  load.push(loadavg()[0].toFixed(1));
  const last = await measured(institute, people);
  say(
    `${INSTITUTES} institutes, ${CALLS} calls a year; ${availableParallelism()} processors, Node ${process.version}, load ${load.join(' and ')}`,
  );
  say(`| | one year | ${YEARS} years | factor |\n|---|---|---|---|`);
  const figure = (n) => (n === undefined ? '' : n.toFixed(n < 10 ? 1 : 0));
  const tables = [...last.keys()].filter((name) => name.endsWith(', rows')).slice(MOST_TABLES);
  const left = new Set(tables.flatMap((name) => [name, name.replace(', rows', ', MB')]));
  for (const [name, b] of last) {
    if (left.has(name) || (name.startsWith('  of these') && b < LEAST_MS)) continue;
    const a = first.get(name);
    say(`| ${name} | ${figure(a)} | ${figure(b)} | ${a && b ? (b / a).toFixed(1) : ''} |`);
  }
}

try {
  await acrossInstitutes('a benchmark works on all institutes', run);
} finally {
  await client.end().catch(() => undefined);
  await end(app);
  await embedded.stop();
  rmSync(dirname(embedded.folder), { recursive: true, force: true });
}
process.exit();
