/**
 * What a process takes to know the stored calls: how long until it is ready, its memory, an edit of a profile,
 * a new call for all profiles, and a search; each measured in a process of its own.
 *
 *   npm run bench -- index [--calls 100000] [--living 5000] [--profiles 0] [--data ../shared/evaluation]
 *
 * The first row is a process that keeps all calls in memory and finds none of them analysed; the second one
 * that finds them analysed; in the third, all but `--living` calls closed long ago, and in the fourth a process
 * has counted those before. Calls are made of real topics (matching/made-calls.mjs), profiles are those of
 * config/institutes; `--profiles` copies them.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { SEES_EVERYTHING } from '../../dist/platform/database/request-context.js';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';
import { madeCalls } from './matching/made-calls.mjs';

const { values: args } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    living: { type: 'string', default: '5000' },
    profiles: { type: 'string', default: '0' },
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/evaluation') },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const [calls, living] = [Number(args.calls), Number(args.living)];
if (!existsSync(join(args.data, 'topics.jsonl.gz'))) {
  say(
    `SKIPPED: there is no ${join(args.data, 'topics.jsonl.gz')}. Say with --data where the evaluation data is. Nothing was measured.`,
  );
  process.exit(0);
}

/** Those of a worker in docker-compose.yml. */
const FLAGS = ['--max-semi-space-size=8'];
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TOP_PAD_: '0' };

/** Runs the process, which writes one line of JSON. */
async function measured(url) {
  const child = spawn(
    process.execPath,
    [...FLAGS, join(import.meta.dirname, 'index', 'process.mjs'), url, args.profiles],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...MALLOC } },
  );
  let said = '';
  child.stdout.on('data', (some) => (said += some));
  await new Promise((done, failed) =>
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`the process ended with ${code}`)))),
  );
  return JSON.parse(said.trim().split('\n').at(-1));
}

const INSERT = `INSERT INTO call (id, content, content_hash, version, first_seq, seq, last_deadline_at, source_status, search, first_seen_at)
  SELECT gen_random_uuid(), c, n::text, 1, n, n, now() + interval '60 days', 'open', '', now() FROM unnest($1::jsonb[], $2::bigint[]) AS t(c, n)`;

async function fill(client) {
  let [contents, numbers] = [[], []];
  const write = async () => {
    await client.query(INSERT, [contents, numbers]);
    [contents, numbers] = [[], []];
  };
  let n = 0;
  for (const { id, call } of madeCalls(args.data, calls)) {
    n += 1;
    const content = {
      ...call,
      dataSource: 'made',
      reference: id,
      kind: 'grant',
      identifier: `HORIZON-MADE-${n}`,
      callIdentifier: null,
      programme: null,
      divisions: [],
      typesOfAction: [],
      sourceStatus: 'open',
      opensAt: null,
      deadlineModel: null,
      deadlines: [],
      budget: null,
      url: null,
      alsoAt: [],
      trl: null,
    };
    contents.push(JSON.stringify(content));
    numbers.push(n);
    if (contents.length === 500) await write();
  }
  if (contents.length > 0) await write();
  await client.query(`SELECT setval('call_version_seq', $1)`, [n]);
  await client.query('VACUUM (ANALYZE) call');
}

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
const embedded = await startEmbeddedPostgres(folder);
const client = new pg.Client({ connectionString: embedded.url, options: SEES_EVERYTHING });
await client.connect();
const rows = [];
const row = async (name) => {
  const load = loadavg()[0].toFixed(1);
  const f = await measured(embedded.url);
  const s = (ms) => (ms / 1_000).toFixed(1);
  rows.push(
    `| ${name} | ${s(f.ready)} | ${s(f.cpu)} | ${f.held} MB | ${f.resident} MB | ${f.after} MB | ${f.most} MB | ${s(f.edit)} | ${s(f.editCpu)} | ${s(f.again)} | ${s(f.fresh)} | ${s(f.freshCpu)} | ${f.freshStored} | ${f.search.map((ms) => ms.toFixed(0)).join(', ')} | ${load} |`,
  );
};
try {
  // The first start makes the tables and reads the profiles.
  const empty = await measured(embedded.url);
  say(
    `without calls: ready in ${(empty.ready / 1_000).toFixed(1)} s, ${(empty.cpu / 1_000).toFixed(1)} s of a processor, ${empty.held} MB, ${empty.resident} MB resident`,
  );
  const began = performance.now();
  await fill(client);
  say(
    `${calls} calls stored in ${((performance.now() - began) / 1_000).toFixed(0)} s; ${availableParallelism()} processors, Node ${process.version}`,
  );
  await row('all in memory, none analysed');
  await client.query('VACUUM (ANALYZE) analysed_call');
  await row('all in memory, analysed');
  const old = `now() - interval '2 years'`;
  await client.query(
    `UPDATE call SET first_seen_at = ${old}, last_deadline_at = ${old}, source_status = 'closed' WHERE seq <= $1`,
    [calls - living],
  );
  await client.query('VACUUM (ANALYZE) call');
  await client.query('DELETE FROM archive_count');
  await row(`${living} in memory, all analysed`);
  await row(`${living} in memory, the others counted by the process before`);
  const { rows: sizes } = await client.query(
    `SELECT pg_size_pretty(pg_table_size('analysed_call')) AS "table", pg_size_pretty(pg_indexes_size('analysed_call')) AS indexes, (SELECT count(*) FROM stem) AS stems, (SELECT count(*) FROM written_form) AS forms`,
  );
  [
    '| process | ready, s | of it processor, s | heap and buffers | resident | after all this | at most | edit of a profile, s | of it processor, s | another, s | new call, all profiles, s | of it processor, s | of them stored | searches, ms | load before |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].forEach(say);
  say(`analysed calls: ${JSON.stringify(sizes[0])}`);
} finally {
  await client.end();
  await embedded.stop();
  rmSync(dirname(embedded.folder), { recursive: true, force: true });
}
