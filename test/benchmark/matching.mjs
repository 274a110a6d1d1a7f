/**
 * How fast profiles and calls are matched, how much memory the index takes, and how long its longest step
 * (including other load on the machine) blocks the thread; compared with minisearch and PostgreSQL full-text
 * search on the same calls and words.
 *
 *   npm run bench -- matching [--calls 50000] [--data ../shared/evaluation] [--only whole,ours,minisearch,postgres]
 *
 * Calls are made of real topics (see matching/made-calls.mjs), profiles are those of config/institutes. Each
 * engine is measured in its own process. minisearch and PostgreSQL are queried for any of a profile's words,
 * in the same fields with the same boosts; they know nothing of phrases, exclusions, counting a place once or
 * separate competences. A figure with ≈ is measured on a few profiles and extrapolated.
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({
  options: {
    calls: { type: 'string', default: '50000' },
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/evaluation') },
    only: { type: 'string', default: 'whole,ours,minisearch,postgres' },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);

/** Runs one of them in its own process, which sends its figures one by one. */
function measure(who) {
  const child = fork(join(import.meta.dirname, 'matching', `${who}.mjs`), [args.data, args.calls], {
    execArgv: ['--expose-gc', '--max-old-space-size=12000'],
  });
  const figures = {};
  child.on('message', ([name, value]) => {
    figures[name] = value;
  });
  return new Promise((done, failed) =>
    child.on('exit', (code) => (code === 0 ? done(figures) : failed(new Error(`${who} ended with ${code}`)))),
  );
}

const ms = (x) =>
  x === undefined
    ? '-'
    : x < 10
      ? `${x.toFixed(1)} ms`
      : x < 10_000
        ? `${x.toFixed(0)} ms`
        : `${(x / 1000).toFixed(1)} s`;
const mb = (x) => (x === undefined ? '-' : `${(x / 1e6).toFixed(0)} MB`);
const rows = [
  ['index all calls', (f) => ms(f.index)],
  ['memory: heap and buffers', (f) => mb(f.memory)],
  ['memory: resident set', (f) => mb(f.resident)],
  ['on disk', (f) => mb(f.disk)],
  ['one profile, scores only, median', (f) => ms(f.one)],
  ['one profile, best 200 with evidence', (f) => ms(f.oneEvidence)],
  ['all profiles, first time, with evidence', (f) => ms(f.allFirst)],
  ['all profiles, then, with evidence', (f) => (f.scaled ? '≈ ' : '') + ms(f.all)],
  ['one new call, all profiles, median of 200', (f) => (f.newScaled ? '≈ ' : '') + ms(f.fresh)],
  ['  of the first 20', (f) => ms(f.freshFirst)],
  ['  of it indexing', (f) => ms(f.freshIndex)],
  ['a search by a person, median', (f) => ms(f.search)],
  ['  the longest of 20', (f) => ms(f.searchMost)],
  ['longest step', (f) => ms(f.longest)],
  ['  of', (f) => f.longestOf ?? '-'],
  ['  999 of 1,000 are shorter than', (f) => ms(f.long)],
];

if (!existsSync(join(args.data, 'topics.jsonl.gz'))) {
  say(
    `SKIPPED: there is no ${join(args.data, 'topics.jsonl.gz')}. Say with --data where the evaluation data is. Nothing was measured.`,
  );
  process.exit(0);
}
say(
  `${args.calls} calls, ${availableParallelism()} cores, Node ${process.versions.node}, load of the machine before: ${loadavg()[0].toFixed(1)}`,
);
const measured = [];
for (const who of args.only.split(',')) measured.push([who, await measure(who)]);
say(`${''.padEnd(40)}${measured.map(([who]) => who.padStart(14)).join('')}`);
for (const [name, show] of rows)
  say(`${name.padEnd(40)}${measured.map(([, f]) => show(f).padStart(14)).join('')}`);
const figures = Object.fromEntries(measured);
if (figures.ours && figures.minisearch) {
  const times = (name) =>
    (figures.minisearch[name] / figures.ours[name]).toFixed(name === 'memory' || name === 'resident' ? 1 : 0);
  say(
    `Beside minisearch: one profile ${times('one')} times as fast, memory ${times('memory')} times less (resident ${times('resident')}).`,
  );
}
say(
  `Kept with 40 points and more, at the most 200 a profile: ${figures.ours?.kept ?? '-'} matches of ${figures.ours?.profiles ?? '-'} profiles.`,
);
