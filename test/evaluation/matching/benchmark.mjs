#!/usr/bin/env node
/**
 * Does the matching rank the calls that an organisation later joined? Prints AUC, P@10, … of shared/evaluation's score.mjs.
 *
 *   npm run build && node test/evaluation/matching/benchmark.mjs [--settings '{"k1":1.2}'] [--judgements other.tsv]
 *
 * Calls are read without their text, which only 46 of the 581 have: those would win for being longer. Two ways of making a
 * profile from what an organisation had won before 2018 (titles of projects and of their topics):
 *   words    every word is a keyword, a competence a project, all added up: plain BM25, to be held against published figures
 *   product  a competence a division under the default rules: its label, the titles' pairs of words as keywords, the
 *            words of two and more titles as keywords, the titles as description
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchmarkCall, file, isThere, rows } from './data.mjs';

if (!isThere()) {
  console.error(`SKIPPED: no evaluation data at ${file('')} (set EVALUATION to its folder). Nothing was measured.`);
  process.exit(0);
}
const dist = process.env.DIST ?? '../../../dist';
const { CallIndex } = await import(`${dist}/domain/matching/call-index.js`);
const { MatchingSettings } = await import(`${dist}/domain/matching/settings.js`);
const { values: args } = parseArgs({ options: { settings: { type: 'string', default: '{}' }, judgements: { type: 'string', default: file('judgements.dev.tsv') } } });

const calls = rows('calls.jsonl');
const index = new CallIndex();
for (const call of calls) index.put(call.id, benchmarkCall(call));
const organisations = [...new Set(readFileSync(args.judgements, 'utf8').trim().split('\n').map((line) => line.split('\t')[0]))];
const history = new Map(organisations.map((o) => [o, []]));
for (const project of rows('history.jsonl.gz')) for (const o of project.organisations) history.get(o.id)?.push(project);

const settingsOf = JSON.parse(args.settings);
const titles = (p) => [p.title, ...p.topics.map((t) => t.title ?? '')];
const competence = (rest) => ({ label: '-', description: '', keywords: [], exclusions: [], weight: 1, ...rest });
const wordsOf = (title) => title.toLowerCase().match(/[\p{L}\d]{3,}/gu)?.filter((w) => !/^(the|and|for|with|from|into|its|via|their)$/.test(w)) ?? [];

function ofDivision([division, projects]) {
  const all = [...new Set(projects.flatMap(titles))];
  const pairs = all.flatMap((t) => wordsOf(t).slice(1).map((w, i) => `${wordsOf(t)[i]} ${w}`));
  const counts = new Map();
  for (const t of all) for (const w of new Set(wordsOf(t))) counts.set(w, (counts.get(w) ?? 0) + 1);
  const words = [...counts].filter(([, n]) => n > 1).map(([w]) => w);
  return competence({ label: division, keywords: [...pairs, ...words], description: all.join('. '), weight: Math.log(1 + projects.length) });
}

function byDivision(projects) {
  const groups = new Map();
  for (const p of projects) groups.set(p.division ?? '-', [...(groups.get(p.division ?? '-') ?? []), p]);
  return groups;
}

const ways = {
  words: {
    competences: (projects) => projects.map((p) => competence({ keywords: titles(p).flatMap((t) => t.split(/\s+/)) })),
    settings: { secondCompetence: 1, ...settingsOf, fieldWeights: { title: 1, destination: 1 } },
  },
  product: { competences: (projects) => [...byDivision(projects)].map(ofDivision), settings: settingsOf },
};
for (const [name, way] of Object.entries(ways)) {
  const settings = MatchingSettings.parse(way.settings);
  const started = performance.now();
  const lines = organisations.flatMap((o) => {
    const profile = { id: o, name: o, language: 'en', confirmed: false, contacts: [], competences: way.competences(history.get(o)) };
    const scores = new Map(index.score(profile, settings).map((r) => [r.id, r.match.score]));
    return calls.map((c) => `${o}\t${c.id}\t${scores.get(c.id) ?? 0}`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const run = join(tmpdir(), `matching-benchmark-${process.pid}-${name}.tsv`);
  writeFileSync(run, lines.join('\n'));
  const figures = execFileSync('node', [file('score.mjs'), '--run', run, '--judgements', args.judgements], { encoding: 'utf8' });
  console.log(`${name.padEnd(8)} ${figures.trim()}  (${seconds} s)`);
}
