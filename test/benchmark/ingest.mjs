/**
 * Ingest speed: calls per second from HTTP to committed rows on a first harvest, compared with a bare bulk
 * insert of the same rows.
 *
 *   npm run build && node test/benchmark/ingest.mjs [--portal URL] [--calls 718]
 *
 * One harvest per process: the parser caches rows it has read, so a second harvest would be faster than any
 * first one.
 *
 * Without --portal the sample portal serves the bundled samples, multiplied to --calls. What a user would do
 * instead is a script that writes finished rows with one statement: no reading, parsing, second scan or
 * history. It gets the rows that the harvest produced, on the same server, in tables with the same indexes.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';
import { superuserOf } from '../support/database/embedded-superuser.mjs';
import { build, end, prepare, work } from '../../dist/app/process.js';
import { readWiring, CONFIG_FOLDER } from '../../dist/app/wiring.js';
import { readSampleCalls } from '../../dist/demo/sample-calls.js';
import { portalRecords } from '../../dist/demo/sample-records.js';
import { startSamplePortal } from '../../dist/demo/sample-portal.js';
import { normalise } from '../../dist/calls/domain/normalise.js';
import { contentHash } from '../../dist/calls/domain/versions/identity.js';
import { source } from '../../dist/harvest/sources/funding-tenders/funding-tenders.source.js';
import { gunzipSync } from 'node:zlib';

const { values: args } = parseArgs({
  options: {
    portal: { type: 'string' },
    calls: { type: 'string', default: '718' },
    runs: { type: 'string', default: '1' },
  },
});
const samples = portalRecords(readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls')), new Date());
const many = Array.from({ length: Number(args.calls) }, (_, i) => {
  const { metadata, ...rest } = samples[i % samples.length];
  const reference = `${i}-${rest.reference}`;
  return {
    ...rest,
    reference,
    metadata: { ...metadata, identifier: [reference], callIdentifier: [reference], callccm2Id: [String(i)] },
  };
});
const portal = args.portal ? null : await startSamplePortal({ records: many });
const ms = (from) => performance.now() - from;
const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

async function harvest(server) {
  const database = `bench_${Date.now()}`;
  await server.query(`CREATE DATABASE ${database}`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
  const wiring = await readWiring(
    {
      DATABASE_URL: url,
      SECRET_KEY: randomBytes(32).toString('hex'),
      FUNDING_TENDERS_URL: args.portal ?? portal.url,
      LOG_LEVEL: 'error',
      SOURCES: 'funding-tenders',
      PORT: '0',
      DATA_DIR: join(folder, 'mails'),
    },
    'worker',
  );
  const app = await build(
    {
      ...wiring,
      sources: wiring.sources.map((s) => ({ ...s, expectsAtLeast: 1, requestsPerMinute: 100_000 })),
    },
    false,
  );
  await prepare(app, wiring);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  await work(app, wiring);
  const ended = async () =>
    (await client.query('SELECT * FROM harvest_run WHERE ended_at IS NOT NULL')).rows[0];
  let run;
  while (!(run = await ended())) await new Promise((resolve) => setTimeout(resolve, 5));
  const total = ms(began);
  if (run.state !== 'accepted') throw new Error(`the harvest was rejected: ${run.reason}`);
  const {
    rows: [pages],
  } = await client.query(
    'SELECT count(*)::int AS n, max(fetched_at) - min(fetched_at) AS took, extract(epoch FROM max(fetched_at)) AS last FROM harvest_request',
  );
  const reading = Number(pages.last) * 1_000 - run.started_at.getTime();
  const figures = {
    total,
    calls: run.counts.calls,
    requests: pages.n,
    reading,
    storing: total - reading,
    ...(await parts(client)),
    bare: await bareInsert(client),
  };
  await end(app);
  await client.end();
  return figures;
}

/** Runs the pure parts again on their own: the cost of parsing, rules and hashes. */
async function parts(client) {
  const { rows } = await client.query(
    'SELECT r.key, d.gzip, d.media_type FROM harvest_request r JOIN raw_document d ON d.hash = r.document_hash',
  );
  const documents = rows.map((r) => ({ key: r.key, mediaType: r.media_type, bytes: gunzipSync(r.gzip) }));
  let began = performance.now();
  const pages = documents.map((d) => source.parse(d));
  const parsing = ms(began);
  began = performance.now();
  pages
    .slice(0, pages.length / 2)
    .flatMap((p) => p.calls)
    .map(normalise)
    .map(contentHash);
  return { megabytes: documents.reduce((n, d) => n + d.bytes.length, 0) / 1e6, parsing, rules: ms(began) };
}

async function bareInsert(client) {
  const { rows: calls } = await client.query('SELECT * FROM call');
  const { rows: versions } = await client.query('SELECT * FROM call_version');
  await client.query(
    'CREATE TABLE bare_call (LIKE call INCLUDING ALL); CREATE TABLE bare_version (LIKE call_version INCLUDING ALL)',
  );
  const began = performance.now();
  await client.query('INSERT INTO bare_call SELECT * FROM jsonb_populate_recordset(NULL::bare_call, $1)', [
    JSON.stringify(calls),
  ]);
  await client.query(
    'INSERT INTO bare_version SELECT * FROM jsonb_populate_recordset(NULL::bare_version, $1)',
    [JSON.stringify(versions)],
  );
  return ms(began);
}

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
const embedded = await startEmbeddedPostgres(folder);
const serverUrl = superuserOf(embedded);
const server = new pg.Client({ connectionString: serverUrl });
await server.connect();
try {
  const all = [];
  for (let i = 0; i < Number(args.runs); i += 1) all.push(await harvest(server));
  const m = (key) => median(all.map((f) => f[key]));
  const { calls, requests } = all[0];
  console.log(
    `${calls} calls, ${requests} requests, ${m('megabytes').toFixed(1)} MB, median of ${all.length} first harvests`,
  );
  console.log(
    `harvest, HTTP to committed rows   ${m('total').toFixed(0)} ms   ${((calls / m('total')) * 1000).toFixed(0)} calls/s`,
  );
  console.log(
    `bare bulk insert of the same rows ${m('bare').toFixed(0)} ms   ${((calls / m('bare')) * 1000).toFixed(0)} calls/s   (${(m('total') / m('bare')).toFixed(1)} times as fast)`,
  );
  console.log(
    `where the harvest's time goes: reading two scans ${m('reading').toFixed(0)} ms (of it parsing ${m('parsing').toFixed(0)} ms), judging and storing ${m('storing').toFixed(0)} ms (of it rules and hashes ${m('rules').toFixed(0)} ms)`,
  );
} finally {
  await server.end();
  await portal?.close();
  await embedded.stop();
  rmSync(dirname(embedded.folder), { recursive: true, force: true });
}
process.exit(0);
