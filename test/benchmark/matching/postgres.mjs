import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../dist/platform/database/embedded/embedded-postgres.js';
import { boosts, calls, median, newCall, profiles, tell, textOf, wordsOf } from './given.mjs';

const FEW = 2;
const BATCH = 500;
const fields = Object.keys(boosts);
/** ts_rank_cd takes the weights of D, C, B, A, each from 0 to 1. */
const most = Math.max(...Object.values(boosts));
const weights = `{${[...fields]
  .reverse()
  .map((f) => boosts[f] / most)
  .join(',')}}`;
const vector = fields.map((_, i) => `setweight(to_tsvector('english', f${i}), '${'ABCD'[i]}')`).join(' || ');
const texts = fields.map((_, i) => `f${i}`);
const INSERT = `INSERT INTO doc SELECT id, concat_ws(E'\\n', ${texts}), ${vector} FROM unnest($1::text[], ${texts.map((_, i) => `$${i + 2}::text[]`)}) AS t(id, ${texts})`;
const valuesOf = (made) => [
  made.map((m) => m.id),
  ...fields.map((field) => made.map((m) => textOf(m.call, field))),
];
/** Any of the words, as the database parses them. */
const ANY = `(SELECT string_agg(quote_literal(w), ' | ')::tsquery FROM unnest(tsvector_to_array(to_tsvector('english', $1))) w)`;
const SCORES = `SELECT id, ts_rank_cd('${weights}', words, ${ANY}) AS score FROM doc WHERE words @@ ${ANY}`;
const EVIDENCE = `SELECT id, score, ts_headline('english', body, ${ANY}) FROM (${SCORES} ORDER BY score DESC LIMIT 200) best JOIN doc USING (id)`;

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
const embedded = await startEmbeddedPostgres(folder);
const client = new pg.Client({ connectionString: embedded.url });
await client.connect();
async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
const ask = (sql, profile, ...more) => timed(() => client.query(sql, [wordsOf(profile).join(' '), ...more]));

try {
  await client.query('CREATE TABLE doc (id text PRIMARY KEY, body text, words tsvector)');
  let indexing = 0;
  let batch = [];
  const write = async () => {
    const values = valuesOf(batch);
    batch = [];
    indexing += await timed(() => client.query(INSERT, values));
  };
  for (const made of calls()) if (batch.push(made) === BATCH) await write();
  if (batch.length > 0) await write();
  indexing += await timed(() => client.query('CREATE INDEX ON doc USING gin (words)'));
  indexing += await timed(() => client.query('ANALYZE doc'));
  tell('index', indexing);
  tell('disk', Number((await client.query("SELECT pg_total_relation_size('doc') AS n")).rows[0].n));

  const [scores, evidence] = [[], []];
  for (const profile of profiles.slice(0, FEW)) {
    scores.push(await ask(SCORES, profile));
    evidence.push(await ask(EVIDENCE, profile));
  }
  tell('one', median(scores));
  tell('oneEvidence', median(evidence));
  tell('all', (evidence.reduce((a, b) => a + b, 0) * profiles.length) / FEW);
  tell('scaled', true);

  const later = newCall();
  const put = await timed(() => client.query(INSERT, valuesOf([later])));
  let fresh = put;
  for (const profile of profiles) fresh += await ask(`${SCORES} AND id = $2`, profile, later.id);
  tell('freshIndex', put);
  tell('fresh', fresh);
} finally {
  await client.end();
  await embedded.stop();
  rmSync(dirname(embedded.folder), { recursive: true, force: true });
}
process.exit(0);
