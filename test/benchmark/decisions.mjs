/**
 * What an institute's own decisions bring: `npm run bench -- decisions [--draws 20] [--sizes 15,30,60] [--days second] [--coached 10] [--reader-run second=RUN.tsv]`.
 *
 * On two days that officers read whole, some of the pairs with 25 points and more, drawn at random and never more than half of them, become
 * decisions (wanted: relevant; partly: to study; else not for us by topic). `evaluate --verdicts` takes them, and what is sent is counted on
 * all other pairs, beside the same without decisions. Then the threshold alone is moved by the fifteen decisions that a new institute is
 * asked for (`evaluate --first`) or by those on its fifteen best calls, and held against where all decisions from 25 points on would put it.
 * Nothing is learned from the second day. With `--coached`, half of the pairs from so many points on are decided on, and the profiles are
 * changed as these decisions suggest (`evaluate --coached`), or not. With `--reader-run`, a run that a language
 * model has read (`evaluate --reader`) is counted too, on all pairs.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { sendingThreshold } from '../../dist/matching/domain/sending-threshold.js';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const LIVE = join(ROOT, '../shared/evaluation/live');
const SECOND = join(LIVE, 'day2');
const DAYS = [
  { name: 'first day, ten', folder: LIVE, profiles: 'profiles', judges: ['judgements.dev.tsv'] },
  { name: 'first day, twelve', folder: LIVE, profiles: 'profiles-more', judges: ['judgements.more.tsv'] },
  {
    name: 'second day, five',
    folder: SECOND,
    profiles: 'profiles',
    judges: ['judgements.first.tsv', 'judgements.second.tsv'],
  },
];
const DECIDED_FROM = 25;
const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '20' },
    sizes: { type: 'string', default: '15,30,60' },
    days: { type: 'string', default: '' },
    coached: { type: 'string' },
    'reader-run': { type: 'string', multiple: true },
  },
});
if (!existsSync(join(LIVE, 'calls.jsonl.gz')) || !existsSync(join(SECOND, 'calls.jsonl.gz'))) {
  console.warn(`SKIPPED: ${LIVE} with two judged days is not there`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-decisions-'));
const rows = (path) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
/** Park and Miller's generator: the same draws on every machine. */
const randomOf = (seed) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

function evaluated({ folder: of, profiles }, verdicts, more = []) {
  const [calls, out, given, first] = ['calls.jsonl', 'run.tsv', 'verdicts.tsv', 'first.tsv'].map((name) =>
    join(folder, name),
  );
  writeFileSync(calls, gunzipSync(readFileSync(join(of, 'calls.jsonl.gz'))));
  writeFileSync(given, verdicts.map((v) => `${v.join('\t')}\n`).join(''));
  const args = ['--profiles', join(of, profiles), '--calls', calls, '--out', out, '--first', first];
  const said = execFileSync(process.execPath, [
    join(ROOT, 'dist/cli.js'),
    'evaluate',
    ...args,
    ...(verdicts.length ? ['--verdicts', given] : []),
    ...more,
  ]);
  const changes = String(said).match(/"suggestion":/g)?.length ?? 0;
  return Object.assign(rows(out), { changes });
}

const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** Means over the institutes, of what was not given: of what is sent, wanted at least in part; of the wanted, sent. */
function figures(run, grades, given = new Set()) {
  const by = Map.groupBy(
    run.filter(([p, call]) => !given.has(`${p}\t${call}`)),
    ([p]) => p,
  );
  const each = [...by.values()].map((pairs) => {
    const graded = pairs.map(([p, call, , sent]) => [grades.get(`${p}\t${call}`) ?? 0, sent === '1']);
    const sent = graded.filter(([, s]) => s);
    const wanted = graded.filter(([grade]) => grade === 2);
    return {
      sent: sent.length,
      P1: sent.length ? sent.filter(([grade]) => grade > 0).length / sent.length : 1,
      R2: wanted.length ? wanted.filter(([, s]) => s).length / wanted.length : null,
    };
  });
  return ['sent', 'P1', 'R2'].map((what) => mean(each.map((f) => f[what]).filter((x) => x !== null)));
}

/** Draws decisions for each institute: `size` of its pairs from so many points on, at most half of them. */
function drawn(run, grades, size, random, from = DECIDED_FROM) {
  const by = Map.groupBy(
    run.filter(([, , score]) => Number(score) >= from),
    ([p]) => p,
  );
  return [...by.values()].flatMap((pairs) =>
    pairs
      .map((pair) => ({ pair, turn: random() }))
      .sort((a, b) => a.turn - b.turn)
      .slice(0, Math.min(size, Math.round(pairs.length / 2)))
      .map(({ pair: [p, call] }) => [
        p,
        call,
        ['not:topic', 'study', 'relevant'][grades.get(`${p}\t${call}`) ?? 0],
      ]),
  );
}

const FIRST = 15;
const USUAL = { usual: 40, spread: 1.5 };
const curve = parse(readFileSync(join(ROOT, 'config/model/weights.yaml'), 'utf8')).kept;

/** What the threshold alone is worth after an institute's first decisions, on all pairs, and how far it still is from where all put it. */
function afterFirst(plain, grades) {
  const asked = new Set(rows(join(folder, 'first.tsv')).map(([p, call]) => `${p}\t${call}`));
  const best = (pairs) => pairs.toSorted(([, , a], [, , b]) => Number(b) - Number(a));
  const ways = {
    'no decisions': () => [],
    'the fifteen best': (pairs) => best(pairs).slice(0, FIRST),
    'the fifteen asked for': (pairs) => pairs.filter(([p, call]) => asked.has(`${p}\t${call}`)),
  };
  const thresholdAfter = (pairs) =>
    sendingThreshold(
      pairs.map(([p, call, score]) => ({
        score: Number(score),
        kept: (grades.get(`${p}\t${call}`) ?? 0) > 0,
        weight: 1,
      })),
      curve,
      USUAL,
    ).score;
  const each = [...Map.groupBy(plain, ([p]) => p).values()];
  return Object.entries(ways).map(([way, chosen]) => {
    const of = each.map((pairs) => ({
      pairs,
      threshold: thresholdAfter(chosen(pairs)),
      settled: thresholdAfter(pairs.filter(([, , score]) => Number(score) >= DECIDED_FROM)),
    }));
    const run = of.flatMap(({ pairs, threshold }) =>
      pairs.map(([p, call, score]) => [p, call, score, Number(score) >= threshold ? '1' : '0']),
    );
    const off = mean(of.map(({ threshold, settled }) => Math.abs(threshold - settled)));
    return `${way.padEnd(29)} ${shown(figures(run, grades))}    points from where all decisions put it ${off.toFixed(1)}`;
  });
}

const shown = (numbers) => numbers.map((n, i) => (i === 0 ? n.toFixed(1) : n.toFixed(3))).join('  ');
try {
  for (const day of DAYS.filter(({ name }) => name.startsWith(values.days))) {
    const plain = evaluated(day, []);
    for (const judge of day.judges) {
      const grades = new Map(
        rows(join(day.folder, judge)).map(([p, call, grade]) => [`${p}\t${call}`, Number(grade)]),
      );
      console.log(
        `\n${day.name} (${judge})            sent  P1  R2, and without decisions on the same pairs`,
      );
      console.log(`built-in, all pairs           ${shown(figures(plain, grades))}`);
      for (const line of afterFirst(plain, grades)) console.log(line);
      if (values.coached !== undefined) {
        const random = randomOf(20_260_630);
        const draws = Array.from({ length: Number(values.draws) }, () => {
          const verdicts = drawn(plain, grades, Infinity, random, Number(values.coached));
          const given = new Set(verdicts.map(([p, call]) => `${p}\t${call}`));
          const [before, after] = [[], ['--coached']].map((more) => evaluated(day, verdicts, more));
          return {
            before: figures(before, grades, given),
            after: figures(after, grades, given),
            changes: after.changes,
          };
        });
        const [before, after] = ['before', 'after'].map((of) =>
          [0, 1, 2].map((i) => mean(draws.map((d) => d[of][i]))),
        );
        const changes = mean(draws.map((d) => d.changes));
        console.log(
          `with the changes they suggest  ${shown(after)}    ${shown(before)}    changes in a draw ${changes.toFixed(1)}`,
        );
      }
      for (const size of values.sizes.split(',').filter(Boolean).map(Number)) {
        const random = randomOf(20_260_630);
        const draws = Array.from({ length: Number(values.draws) }, () => {
          const verdicts = drawn(plain, grades, size, random);
          const given = new Set(verdicts.map(([p, call]) => `${p}\t${call}`));
          return [figures(evaluated(day, verdicts), grades, given), figures(plain, grades, given)];
        });
        const [told, before] = [0, 1].map((k) => [0, 1, 2].map((i) => mean(draws.map((d) => d[k][i]))));
        console.log(
          `${String(size).padStart(4)} decisions, at most half  ${shown(told)}    ${shown(before)}    P1 ${(told[1] - before[1]).toFixed(3)}  R2 ${(told[2] - before[2]).toFixed(3)}`,
        );
      }
    }
  }
  for (const given of values['reader-run'] ?? []) {
    const [name, path] = given.split('=');
    const day = DAYS.find((d) => d.name.startsWith(name));
    for (const judge of day.judges) {
      const grades = new Map(
        rows(join(day.folder, judge)).map(([p, call, grade]) => [`${p}\t${call}`, Number(grade)]),
      );
      console.log(`read, ${day.name} (${judge}): ${shown(figures(rows(path), grades))}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
