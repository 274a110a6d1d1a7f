/**
 * How long a search takes as it is typed: the first one of a process, then from the second letter of each on,
 * both idle and while all profiles are being rematched.
 *
 *   npm run bench -- search [--portal URL] [--clock INSTANT] [--calls 50000] [--rounds 3] [--institute 3bcar]
 *
 * Compared with PostgreSQL full-text search on the same column, the obvious alternative.
 */
import { parseArgs } from 'node:util';
import { warm } from '../../dist/app/process.js';
import { Corpus } from '../../dist/matching/corpus.js';
import { Jobs } from '../../dist/platform/queue/job-runner.js';
import { Ticker } from '../../dist/platform/schedule/ticker.js';
import { startWithManyCalls } from './pages/many-calls.mjs';

const { values: args } = parseArgs({
  options: {
    portal: { type: 'string' },
    clock: { type: 'string' },
    calls: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    institute: { type: 'string', default: '3bcar' },
  },
});
const WORDS = ['quantique', 'intelligence artificielle pour la santé', 'hydrogen', 'batteries'];
const TYPED = WORDS.flatMap((words) => [...words].map((_, i) => words.slice(0, i + 1)).slice(1));
const say = (text) => process.stdout.write(`${text}\n`);
const ms = (x) => `${x.toFixed(0)} ms`;

const { url, cookie, size, client, app, stop } = await startWithManyCalls({
  ...args,
  institutes: [args.institute],
  calls: Number(args.calls),
});

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const search = (words) =>
  timed(async () => {
    const answer = await fetch(`${url}/v1/calls?limit=20&q=${encodeURIComponent(words)}`, {
      headers: { cookie },
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.json();
  });

const plain = (words) =>
  timed(() =>
    client.query(
      `SELECT id, content->>'title' FROM call WHERE search @@ websearch_to_tsquery('english', $1) ORDER BY ts_rank(search, websearch_to_tsquery('english', $1)) DESC LIMIT 20`,
      [words],
    ),
  );

/** Prints the median, the 95th percentile and the maximum. */
async function row(name, of) {
  const took = [];
  for (let round = 0; round < Number(args.rounds); round += 1)
    for (const words of TYPED) took.push(await of(words));
  took.sort((a, b) => a - b);
  const at = (share) => ms(took[Math.min(took.length - 1, Math.floor(took.length * share))]);
  say(`| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}

try {
  // As at startup, after everything else.
  warm(app);
  await app.get(Corpus).refresh();
  say(`${size.calls} calls; Node ${process.version}; the first search: ${ms(await search(WORDS[0]))}`);
  say('| search | median | 95 % within | longest |');
  say('|---|---|---|---|');
  await row('at rest', search);
  await client.query('UPDATE profile SET matched_seq = 0');
  await app.get(Ticker).tick(app.get(Jobs).due());
  await row('while all profiles are matched', search);
  const left = await client.query('SELECT 1 FROM profile WHERE matched_seq = 0');
  say(`(${left.rowCount} profiles were still to be matched at its end)`);
  await row('PostgreSQL, full text alone', plain);
} finally {
  await stop();
}
