#!/usr/bin/env node
/**
 * For reading by eye: the best calls of each institute among real topics, with the strongest evidence; then how the scores
 * are spread and how long it took.
 *
 *   npm run build && node test/evaluation/matching/read.mjs [--of brgm,leti] [--top 10] [--reasons 4] [--at 40] [--settings '{}']
 *
 * --at T lists, instead of the best, those just above T: what a reader would be told last.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { file, isThere, rows, topicCall } from './data.mjs';

const institutes = fileURLToPath(new URL('../../../config/institutes/', import.meta.url));
if (!isThere() || !existsSync(institutes)) {
  console.error(`SKIPPED: no evaluation data at ${file('')} or no profiles at ${institutes}. Nothing was read.`);
  process.exit(0);
}
const dist = process.env.DIST ?? '../../../dist';
const { CallIndex } = await import(`${dist}/domain/matching/call-index.js`);
const { MatchingSettings } = await import(`${dist}/domain/matching/settings.js`);
const { Profile } = await import(`${dist}/domain/profile/profile.js`);
const { values: args } = parseArgs({
  options: {
    of: { type: 'string' }, top: { type: 'string', default: '10' }, reasons: { type: 'string', default: '4' }, at: { type: 'string' },
    settings: { type: 'string', default: '{}' }, quiet: { type: 'boolean', default: false },
  },
});
const settings = MatchingSettings.parse(JSON.parse(args.settings));
const profiles = readdirSync(institutes).map((f) => Profile.parse(parse(readFileSync(`${institutes}${f}`, 'utf8'))));
const calls = new Map(rows('topics.jsonl.gz').map((t) => [t.topicId, topicCall(t)]));

const index = new CallIndex();
const time = (does) => {
  const from = performance.now();
  const result = does();
  return [result, Math.round(performance.now() - from)];
};
const [, indexed] = time(() => calls.forEach((call, id) => index.put(id, call)));
const [results, scored] = time(() => profiles.map((p) => ({ profile: p, ranked: index.score(p, settings) })));
const [, again] = time(() => profiles.map((p) => index.score(p, settings)));

const reason = (e) => `${e.term}@${e.field.replace('sections.', 's')}×${e.spans.length} ${e.contribution.toFixed(1)}`;
function show({ profile, ranked }) {
  console.log(`\n## ${profile.id}: ${profile.competences.map((c) => c.label).join(' | ')}`);
  const from = args.at ? ranked.filter((r) => r.match.score >= Number(args.at)).length - Number(args.top) : 0;
  for (const { id, match } of ranked.slice(Math.max(0, from), Math.max(0, from) + Number(args.top))) {
    console.log(`${match.score.toFixed(1).padStart(5)}  ${calls.get(id).title.slice(0, 110)}  [${id}]`);
    if (Number(args.reasons) > 0) console.log(`         ${match.evidence.slice(0, Number(args.reasons)).map(reason).join(' · ')}`);
  }
}
const wanted = args.of?.split(',');
if (!args.quiet) results.filter(({ profile }) => !wanted || wanted.includes(profile.id)).forEach(show);

const scores = results.flatMap(({ ranked }) => ranked.map((r) => r.match.score));
const above = (t) => results.map(({ ranked }) => ranked.filter((r) => r.match.score >= t).length).sort((a, b) => a - b);
console.log(`\n${calls.size} calls indexed in ${indexed} ms; ${profiles.length} profiles scored in ${scored} ms, again in ${again} ms; ${scores.length} matches`);
for (const t of [10, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80]) {
  const n = above(t);
  console.log(`at least ${t}: ${n.reduce((a, b) => a + b, 0)} matches; per institute least ${n[0]}, median ${n[n.length >> 1]}, most ${n.at(-1)}`);
}
