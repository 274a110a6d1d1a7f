/**
 * An installation with many calls: those of a portal, harvested and matched as usual, then multiplied in the
 * database.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { build, end, prepare, work } from '../../../dist/app/process.js';
import { readWiring, CONFIG_FOLDER } from '../../../dist/app/wiring.js';
import { CallFinder } from '../../../dist/matching/call-finder.js';
import { Corpus } from '../../../dist/matching/corpus.js';
import { readSampleCalls } from '../../../dist/demo/sample-calls.js';
import { startSamplePortal } from '../../../dist/demo/sample-portal.js';
import { portalRecords } from '../../../dist/demo/sample-records.js';
import { SEES_EVERYTHING } from '../../../dist/platform/database/request-context.js';
import { startEmbeddedPostgres } from '../../../dist/platform/database/embedded/embedded-postgres.js';

const ADMIN_TOKEN = randomBytes(24).toString('base64url');

const MULTIPLY = `
CREATE TEMP TABLE copied AS
  SELECT c.id AS origin, k, gen_random_uuid() AS id, nextval('call_version_seq') AS seq, (k - $2 / 2) * interval '5 days' AS shift
    FROM call c CROSS JOIN generate_series(1, $2::int) AS k LIMIT $1;
INSERT INTO call (id, content, content_hash, version, first_seq, seq, reference, programme, opens_at, last_deadline_at, deadlines, source_status, summary, search, words, title_words, first_seen_at, identity_keys)
  SELECT n.id, made.content, c.content_hash || n.k, 1, n.seq, n.seq, c.reference || '-' || n.k, c.programme, c.opens_at + n.shift, c.last_deadline_at + n.shift,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('at', d->>'at', 'kind', d->>'kind', 'timeTold', (d->>'timeTold')::boolean)), '[]') FROM jsonb_array_elements(made.content->'deadlines') d),
         c.source_status, made.content - 'sections', c.search, c.words, c.title_words, c.first_seen_at + n.shift, (SELECT coalesce(array_agg(k || '-' || n.k), '{}') FROM unnest(c.identity_keys) k)
    FROM copied n JOIN call c ON c.id = n.origin CROSS JOIN LATERAL (
      SELECT c.content || jsonb_build_object('identifier', coalesce(c.content->>'identifier', 'X') || '-' || n.k, 'callIdentifier', c.content->>'callIdentifier' || '-' || n.k, 'deadlines', (
           SELECT coalesce(jsonb_agg(d || jsonb_build_object('at', to_char(((d->>'at')::timestamptz + n.shift) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'))), '[]')
             FROM jsonb_array_elements(c.content->'deadlines') d)) AS content) made;
INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id, kinds, source_id, document_hash)
  SELECT n.id, 1, n.seq, c.content, c.content_hash, '[]', c.first_seen_at, v.run_id, '{}', v.source_id, v.document_hash
    FROM copied n JOIN call c ON c.id = n.id JOIN call_version v ON v.call_id = n.origin AND v.version = 1;
INSERT INTO source_record (source_id, key, call_id, last_seen_at, content, summary, content_hash, leads, owns, changed_at)
  SELECT s.source_id, regexp_replace(s.key, '^[^/]*/[^/]*', '\\&-' || n.k), n.id, s.last_seen_at, s.content,
         s.summary || jsonb_build_object('reference', s.summary->>'reference' || '-' || n.k), s.content_hash, s.leads, s.owns, s.changed_at
    FROM copied n JOIN source_record s ON s.call_id = n.origin;
INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at)
  SELECT gen_random_uuid(), m.profile_id, n.id, m.score, m.result, m.profile_revision, 1, m.matched_at
    FROM copied n JOIN match m ON m.call_id = n.origin WHERE m.profile_id = ANY($3);
UPDATE profile SET matched_seq = (SELECT max(seq) FROM call);`;

async function multiply(client, wanted, institutes) {
  const {
    rows: [{ n }],
  } = await client.query('SELECT count(*)::int AS n FROM call');
  const copies = Math.ceil((wanted - n) / n);
  // In one transaction: the running workers would otherwise match calls before their matches are visible.
  await client.query('BEGIN');
  for (const statement of MULTIPLY.split(';\n')
    .map((s) => s.trim())
    .filter(Boolean)) {
    const named = [wanted - n, copies, institutes];
    const used = [...new Set([...statement.matchAll(/\$(\d)/g)].map((m) => Number(m[1])))].sort();
    const renumbered = statement.replace(/\$(\d)/g, (_, d) => `$${used.indexOf(Number(d)) + 1}`);
    await client.query(
      renumbered,
      used.map((d) => named[d - 1]),
    );
  }
  await client.query('COMMIT');
}

/**
 * New calls are matched against the words of all profiles on the next match or search, which takes seconds
 * for this many at once.
 */
async function searched(finder) {
  const { patienceMs } = finder;
  finder.patienceMs = 600_000;
  await finder.resolve({ q: 'energy' });
  finder.patienceMs = patienceMs;
}

/**
 * The server does this by itself within minutes; until then counting has to look up each row. Row versions
 * that a transaction still reads are skipped.
 */
async function vacuumed(client) {
  for (const table of ['call', 'call_version', 'source_record', 'match'])
    await client.query(`VACUUM (ANALYZE) ${table}`);
}

/** The portal's own list is read too, if any: the bundled samples have none. */
const LISTS_READ = `NOT EXISTS (SELECT 1 FROM source_list WHERE first_read_at IS NULL OR details_due_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM harvest_run WHERE ended_at IS NULL)`;

async function harvested(app, wiring, client, hasList) {
  await work(app, wiring);
  for (;;) {
    const {
      rows: [done],
    } = await client.query(
      `SELECT (SELECT count(*) FROM call) > 0 AND NOT EXISTS (SELECT 1 FROM profile WHERE matched_seq < (SELECT max(seq) FROM call))
          AND (NOT $1::boolean OR (${LISTS_READ})) AS matched`,
      [hasList],
    );
    if (done.matched) return;
    await setTimeout(200);
  }
}

async function signedIn(url) {
  const response = await fetch(`${url}/sign-in/first-start`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token: ADMIN_TOKEN, name: 'Benchmark', email: 'bench@example.org' }),
  });
  const cookie = response.headers.getSetCookie().find((c) => /session=/.test(c));
  if (!cookie) throw new Error(`the operator could not sign in: ${response.status} ${await response.text()}`);
  return cookie.split(';')[0];
}

/**
 * Waits until the background work of a start and of a search has been idle for five seconds; with many calls,
 * building their index takes a minute.
 */
export async function quiet(app) {
  await searched(app.get(CallFinder));
  for (let still = 0; still < 5;) {
    const before = performance.eventLoopUtilization();
    await setTimeout(1_000);
    still = performance.eventLoopUtilization(before).utilization < 0.1 ? still + 1 : 0;
  }
}

/**
 * Returns its address, the cookie of a signed-in coordinator, its size, the application, and a function to
 * stop it. `portal` is the address of a stand-in; without it the bundled samples are read.
 */
export async function startWithManyCalls({ portal: given, calls, institutes, clock }) {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
  const embedded = await startEmbeddedPostgres(folder);
  const portal = given
    ? null
    : await startSamplePortal({
        records: portalRecords(readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls')), new Date()),
      });
  const variables = {
    DATABASE_URL: embedded.url,
    FUNDING_TENDERS_URL: given ?? portal.url,
    LOG_LEVEL: 'error',
    SOURCES: 'funding-tenders',
    PORT: '0',
    ADMIN_TOKEN,
    DATA_DIR: join(folder, 'mails'),
    ...(clock && { CLOCK: clock }),
  };
  const wiring = await readWiring(variables, 'start');
  const app = await build(
    {
      ...wiring,
      sources: wiring.sources.map((s) => ({ ...s, expectsAtLeast: 1, requestsPerMinute: 100_000 })),
    },
    true,
  );
  // It sees the rows of all institutes, as a backup does.
  const client = new pg.Client({
    connectionString: embedded.url,
    options: SEES_EVERYTHING,
  });
  const stop = async () => {
    await client.end().catch(() => undefined);
    await end(app);
    await portal?.close?.();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await prepare(app, wiring);
    await app.listen(0, '127.0.0.1');
    await client.connect();
    await harvested(app, wiring, client, given !== undefined);
    await multiply(client, calls, institutes);
    // Indexing the additions takes a minute, during which everything else is slower.
    await app.get(Corpus).refresh();
    await vacuumed(client);
    const {
      rows: [size],
    } = await client.query(
      'SELECT (SELECT count(*)::int FROM call) AS calls, (SELECT count(*)::int FROM match WHERE profile_id = ANY($1)) AS matches',
      [institutes],
    );
    const url = await app.getUrl();
    return { url, cookie: await signedIn(url), size, client, app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
