/**
 * What several workers get through, as processes on one PostgreSQL with the queue in it: a first harvest
 * until all institutes are matched, and messages that leave, to receivers that take a quarter of a second for
 * each.
 *
 *   npm run bench -- workers [--most 3] [--copies 12] [--messages 600]
 *
 * `--copies` of the 60 sample calls are harvested: fewer than the source is known to hold would not be
 * believed. What is due is looked up every ten seconds, a thousand messages at a time: no more leave than
 * that.
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
import { Postgres, pause } from '../torture/servers.mjs';

const { values: args } = parseArgs({
  options: {
    most: { type: 'string', default: '3' },
    copies: { type: 'string', default: '12' },
    messages: { type: 'string', default: '600' },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
/** Few for each reader, since no more than twenty of one leave at a time. */
const CALLS_EACH = 12;
const REFUSED = `SELECT reason FROM harvest_run WHERE state = 'rejected' LIMIT 1`;
const UNMATCHED =
  'SELECT (SELECT count(*) FROM call) = 0 OR EXISTS (SELECT FROM profile WHERE matched_revision < revision OR matched_seq < (SELECT max(seq) FROM call)) AS more';

/** Throws where nobody is left who could bring it about. */
async function until(ask, programs) {
  while (!(await ask())) {
    if (programs.fallen.length) throw new Error(`a worker ended:\n${programs.all.at(-1).output}`);
    await pause(100);
  }
}

/** The three numbers, each from one on. */
function numbers() {
  const least = { most: 1, copies: leastCopies(), messages: 1 };
  for (const [name, from] of Object.entries(least))
    if (!/^\d+$/.test(args[name]) || Number(args[name]) < from)
      throw new Error(`--${name} takes a whole number from ${from} on, and not "${args[name]}".`);
}

/** Seconds of a first harvest and matching, and messages a second, with so many workers. */
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
  return { harvest, calls: portal.records.length, messages: times.length, perSecond: times.length / seconds };
}

try {
  numbers();
} catch ({ message }) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
say(`Node ${process.version}, ${availableParallelism()} processors`);
const rows = [];
for (let count = 1; count <= Number(args.most); count += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
  // The server does not run as root, and has to walk to what is its own.
  chmodSync(folder, 0o711);
  const open = [];
  try {
    const { harvest, calls, messages, perSecond } = await measured(count, folder, open);
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
].forEach(say);
