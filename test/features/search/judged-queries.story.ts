import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsIn, matchable } from '../../../src/commands/learning/benchmark.js';
import { CallSearch } from '../../../src/calls/api/call-search.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';

/** Queries as officers type them, with the calls of a real day about each; next to the checkout if there. */
const DATA = join(__dirname, '../../../../shared/evaluation');
const [QUERIES, CALLS] = [join(DATA, 'search'), join(DATA, 'live', 'calls.jsonl.gz')];
const there = existsSync(QUERIES) && existsSync(CALLS);
if (!there)
  console.warn(`SKIPPED: the search is not held to judged queries, because ${QUERIES} is not there`);

interface Figures {
  queries: number;
  'nDCG@10': number;
  found3: number;
}

(there ? describe : describe.skip)('what officers type into the search', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-search-'));
  const run = join(folder, 'run.tsv');
  let server: TestApp;
  let figures: Record<string, Figures>;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    const calls = callsIn(CALLS).map((listed) => {
      const { identifier, kind = 'grant', typesOfAction, title, destination, sections } = matchable(listed);
      return aCall(listed.id, { identifier, kind, typesOfAction, title, destination, sections });
    });
    await storeCalls(server.app, calls);
    await server.app.get(Corpus).refresh();
    const lines: string[] = [];
    for (const line of readFileSync(join(QUERIES, 'queries.tsv'), 'utf8').trim().split('\n')) {
      const [id, q] = line.split('\t');
      const { items } = await server.app.get(CallSearch).page({ q: q! }, { limit: 10, language: 'en' });
      for (const { reference, near } of items) if (!near) lines.push(`${id}\t${reference}\n`);
    }
    writeFileSync(run, lines.join(''));
    const { stdout } = spawnSync(process.execPath, [join(QUERIES, 'score.mjs'), '--run', run], {
      encoding: 'utf8',
    });
    process.stdout.write(stdout);
    figures = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0]!, JSON.parse(line.slice(line.indexOf('{'))) as Figures]),
    );
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['all', 0.72, 0.82],
    ['french', 0.66, 0.77],
    ['english', 0.75, 0.83],
    ['typo', 0.65, 0.75],
    ['prefix', 0.7, 1],
    ['identifier', 0.95, 1],
  ])('finds the calls about it, and a right one among the first three: %s', (kind, least, found3) => {
    expect(figures[kind]!['nDCG@10']).toBeGreaterThanOrEqual(least);
    expect(figures[kind]!.found3).toBeGreaterThanOrEqual(found3);
  });
});
