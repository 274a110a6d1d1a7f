/** One process of the benchmark: it starts as a worker does, and writes what it took as JSON. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { build, prepare, warmWorker } from '../../../dist/app/process.js';
import { readWiring } from '../../../dist/app/wiring.js';
import { CallFinder } from '../../../dist/matching/call-finder.js';
import { Corpus } from '../../../dist/matching/corpus.js';
import { MatchJob } from '../../../dist/matching/match.job.js';
import { MatchNewJob } from '../../../dist/matching/match-new.job.js';
import { Ranking } from '../../../dist/matching/ranking.js';
import { PARTS } from '../../../dist/profiles/jobs.js';
import { acrossInstitutes } from '../../../dist/platform/database/request-context.js';
import { SEES_EVERYTHING } from '../../../dist/platform/database/request-context.js';

const [url, profiles] = process.argv.slice(2);
const SEARCHES = ['quantique', 'intelligence artificielle pour la santé', 'renewable energy', 'soil health'];
const mb = (bytes) => Math.round(bytes / 1e6);
const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
const client = new pg.Client({ connectionString: url, options: SEES_EVERYTHING });
await client.connect();
async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const wiring = await readWiring(
  { DATABASE_URL: url, SOURCES: 'funding-tenders', LOG_LEVEL: 'error', DATA_DIR: folder, PORT: '0' },
  'start',
);
const app = await build(wiring, false);
await prepare(app, wiring);
await app.get(Corpus).refresh();
const ready = performance.now();
const { user, system } = process.cpuUsage();
await warmWorker(app);
const { rss, heapUsed, external } = process.memoryUsage();
const [resident, held] = [mb(rss), mb(heapUsed + external)];

if (Number(profiles) > 0)
  await client.query(
    `INSERT INTO profile SELECT (jsonb_populate_record(p, jsonb_build_object('id', p.id || '-' || n, 'content', p.content || jsonb_build_object('id', p.id || '-' || n)))).*
       FROM profile p CROSS JOIN generate_series(1, $1::int) n LIMIT greatest(0, $1 - (SELECT count(*) FROM profile)) ON CONFLICT DO NOTHING`,
    [Number(profiles)],
  );
const all = (await client.query('SELECT id FROM profile ORDER BY id')).rows.map(({ id }) => id);
const match = (profileId) =>
  acrossInstitutes('a benchmark matches all profiles', () => app.get(MatchJob).run({ profileId }));
const edit = (words) =>
  timed(async () => {
    await client.query(
      `UPDATE profile SET revision = revision + 1, content = jsonb_set(content, '{competences,0,keywords}', (content#>'{competences,0,keywords}') || to_jsonb($2::text)) WHERE id = $1`,
      [all[0], words],
    );
    await match(all[0]);
  });
const processorBefore = process.cpuUsage();
const edited = await edit(`hydrogen storage ${randomUUID().slice(0, 4)}`);
const spent = process.cpuUsage(processorBefore);
const again = await edit(`soil carbon ${randomUUID().slice(0, 4)}`);

await client.query(
  'UPDATE profile SET matched_revision = revision, matched_by = $1, matched_seq = (SELECT coalesce(max(seq), 0) FROM call)',
  [app.get(Ranking).fingerprint],
);
await client.query(
  `INSERT INTO call (id, content, content_hash, version, first_seq, seq, last_deadline_at, source_status, search, first_seen_at)
   SELECT gen_random_uuid(), content, content_hash || 'new', 1, n, n, now() + interval '60 days', 'open', '', now()
     FROM (SELECT nextval('call_version_seq') AS n, * FROM (SELECT content, content_hash FROM call ORDER BY seq DESC LIMIT 1) c) c`,
);
const freshBefore = process.cpuUsage();
const fresh = await timed(async () => {
  for (const part of PARTS)
    await acrossInstitutes('a benchmark matches all profiles', () => app.get(MatchNewJob).run({ part }));
});
const freshSpent = process.cpuUsage(freshBefore);
const { rows } = await client.query(
  'SELECT count(*)::int AS left, (SELECT count(*)::int FROM match m JOIN call c ON c.id = m.call_id WHERE c.seq = (SELECT max(seq) FROM call)) AS stored FROM profile WHERE matched_seq < (SELECT max(seq) FROM call)',
);
if (rows[0].left > 0) throw new Error(`${rows[0].left} profiles are not matched with the new call`);
const freshStored = rows[0].stored;
const finder = app.get(CallFinder);
finder.patienceMs = 60_000;
await finder.resolve({ q: 'energy' });
const search = [];
for (const q of SEARCHES) search.push(await timed(() => finder.resolve({ q })));
const after = mb(process.memoryUsage.rss());
const most = Math.round(process.resourceUsage().maxRSS / 1_000);
process.stdout.write(
  `${JSON.stringify({ ready, cpu: (user + system) / 1_000, held, resident, after, most, edit: edited, editCpu: (spent.user + spent.system) / 1_000, again, fresh, freshCpu: (freshSpent.user + freshSpent.system) / 1_000, freshStored, search })}\n`,
);
await client.end();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
