/**
 * Throughput of several workers, as processes on one PostgreSQL that also holds the queue: a first harvest
 * until all institutes are matched, and messages sent to receivers that take a quarter of a second each. At last
 * `--most` workers match `--institutes` copies of the institutes, and match all anew while one of them is killed.
 *
 *   npm run bench -- workers [--most 3] [--copies 12] [--messages 600] [--institutes 5000]
 *
 * `--copies` of the 60 sample calls are harvested: a harvest with fewer than the source is known to hold
 * would be rejected. Due messages are picked up every ten seconds, a thousand at a time, which is the upper
 * limit.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chance } from '../torture/chance.mjs';
import { environmentOf } from '../torture/environment.mjs';
import { leastCopies, Portal } from '../torture/faults/portal.mjs';
import { Programs } from '../torture/faults/programs.mjs';
import { OtherSide } from '../torture/other-side.mjs';
import { Outbox } from '../torture/outbox.mjs';
import { freePort, Postgres, pause } from '../torture/servers.mjs';

const { values: args } = parseArgs({
  options: {
    most: { type: 'string', default: '3' },
    copies: { type: 'string', default: '12' },
    messages: { type: 'string', default: '600' },
    institutes: { type: 'string', default: '5000' },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
/** Few per reader, since at most twenty messages to one reader are sent at a time. */
const CALLS_EACH = 12;
const REFUSED = `SELECT reason FROM harvest_run WHERE state = 'rejected' LIMIT 1`;
const UNMATCHED =
  'SELECT (SELECT count(*) FROM call) = 0 OR EXISTS (SELECT FROM profile WHERE matched_revision < revision OR matched_seq < (SELECT max(seq) FROM call)) AS more';

/** Waits for a condition; throws if no process is left that could make it true. */
async function until(ask, programs) {
  while (!(await ask())) {
    if (programs.fallen.length) throw new Error(`a worker ended:\n${programs.all.at(-1).output}`);
    await pause(100);
  }
}

/** Throws unless the options are whole numbers of at least their minimum. */
function numbers() {
  const least = { most: 1, copies: leastCopies(), messages: 1, institutes: 1 };
  for (const [name, from] of Object.entries(least))
    if (!/^\d+$/.test(args[name]) || Number(args[name]) < from)
      throw new Error(`--${name} takes a whole number from ${from} on, and not "${args[name]}".`);
}

const DONE = /^carnot_job_seconds_count\{job="match",outcome="done"\} (\d+)$/m;
const COPY = `INSERT INTO profile (id, content, revision, updated_at)
  SELECT id || '-' || n, jsonb_set(content, '{id}', to_jsonb(id || '-' || n)), 1, now() FROM profile, generate_series(1, 1000000) AS n LIMIT $1`;
const LEFT =
  'SELECT count(*)::int AS n FROM profile WHERE matched_revision < revision OR matched_seq < (SELECT max(seq) FROM call)';

/**
 * Has workers match many institutes, and then all anew; in the middle of that the first is killed. Says how long
 * each round took, and what share of it each worker had.
 */
async function round(workers, database) {
  const left = async () => (await database.query(LEFT))[0].n;
  const done = async ({ port }) =>
    Number(DONE.exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())?.[1] ?? 0);
  const rounds = [];
  const timed = async (name, work) => {
    const [began, before] = [performance.now(), await Promise.all(workers.map(done))];
    const known = await work();
    const seconds = (performance.now() - began) / 1_000;
    const shares = await Promise.all(
      workers.map(async (w, i) => (known.get(w) ?? (await done(w))) - before[i]),
    );
    const all = shares.reduce((a, b) => a + b, 0);
    rounds.push(
      `${name}: ${seconds.toFixed(0)} s, shares ${shares.map((n) => `${((100 * n) / all).toFixed(0)} %`).join(', ')}`,
    );
  };
  const finished = async (most = 0) => {
    while ((await left()) > most) await pause(200);
  };
  const [{ n: institutes }] = await database.query('SELECT count(*)::int AS n FROM profile');
  await timed('matched', async () => {
    await database.query(COPY, [Math.max(0, Number(args.institutes) - institutes)]);
    await finished();
    return new Map();
  });
  // Nobody would go on.
  if (workers.length === 1) return rounds;
  let late = 0;
  await timed('matched anew, the first worker killed in the middle', async () => {
    await database.query('UPDATE profile SET revision = revision + 1');
    await finished(Number(args.institutes) / 2);
    const known = new Map([[workers[0], await done(workers[0])]]);
    await workers[0].program.stop('SIGKILL');
    await finished(1);
    const others = performance.now();
    await finished();
    late = (performance.now() - others) / 1_000;
    return known;
  });
  return [...rounds, `the last institute came ${late.toFixed(0)} s after the others`];
}

/** Returns the seconds of a first harvest and matching, and messages per second, with `count` workers. */
async function measured(count, folder, open) {
  const database = await Postgres.start(folder);
  open.push(() => database.stop());
  const portal = await Portal.start(Number(args.copies));
  open.push(() => portal.close());
  const otherSide = await OtherSide.start(chance(1));
  otherSide.behave();
  open.push(() => otherSide.stop());
  const env = environmentOf({ database, otherSide, folder, portal });
  const programs = new Programs(env, folder);
  open.push(() => programs.end());
  const work = async () => {
    const workers = Array.from({ length: count }, (_, i) => programs.start('worker', `w${i + 1}`));
    for (const worker of workers) await worker.says(/worker ready/);
    return performance.now();
  };

  const began = await work();
  await until(async () => {
    const [refused] = await database.query(REFUSED);
    if (refused) throw new Error(`the harvest was not believed: ${refused.reason}`);
    return !(await database.query(UNMATCHED))[0].more;
  }, programs);
  const harvest = (performance.now() - began) / 1_000;
  await programs.end();

  const outbox = new Outbox(database, env, otherSide);
  outbox.most = CALLS_EACH;
  await outbox.open(portal.url);
  await outbox.fill(Number(args.messages));
  await outbox.close();
  await work();
  await until(async () => (await outbox.due()) === 0 && (await outbox.states()).sending === 0, programs);
  const times = otherSide.taken.map((t) => t.at);
  const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
  await programs.end();
  const figures = {
    harvest,
    calls: portal.records.length,
    messages: times.length,
    perSecond: times.length / seconds,
  };
  if (count < Number(args.most)) return { ...figures, rounds: [] };
  const workers = [];
  for (let i = 0; i < count; i += 1) {
    const port = await freePort();
    workers.push({ port, program: programs.start('worker', `r${i + 1}`, { WORKER_PORT: String(port) }) });
  }
  for (const { program } of workers) await program.says(/worker ready/);
  return { ...figures, rounds: await round(workers, database) };
}

try {
  numbers();
} catch ({ message }) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
say(`Node ${process.version}, ${availableParallelism()} processors`);
const [rows, together] = [[], []];
for (let count = 1; count <= Number(args.most); count += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
  // The server does not run as root and needs to traverse to its own files.
  chmodSync(folder, 0o711);
  const open = [];
  try {
    const { harvest, calls, messages, perSecond, rounds } = await measured(count, folder, open);
    together.push(...rounds);
    rows.push(`| ${count} | ${calls} | ${harvest.toFixed(1)} | ${messages} | ${perSecond.toFixed(1)} |`);
  } finally {
    for (const close of open.reverse()) await close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}
[
  '| workers | calls | harvested and matched, s | messages | a second |',
  '|---|---|---|---|---|',
  ...rows,
  ...together.map((line, i) =>
    i === 0 ? `${args.institutes} institutes, ${args.most} workers: ${line}` : line,
  ),
].forEach(say);
