/** One run from start to end: servers, outbox, assault, verdict; nothing is left behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assault } from './assault.mjs';
import { chance } from './chance.mjs';
import { environmentOf } from './environment.mjs';
import { OtherSide } from './other-side.mjs';
import { Outbox } from './outbox.mjs';
import { Senders } from './senders.mjs';
import { Postgres, RedisServer } from './servers.mjs';

const began = performance.now();
const say = (text) => process.stdout.write(`${text}\n`);
const progress = (text) =>
  say(`${String(Math.round((performance.now() - began) / 1_000)).padStart(4)} s  ${text}`);

function report({ lost, doubled, wrong, inDoubt }) {
  for (const [what, notes] of Object.entries({ lost, doubled, wrong }))
    for (const note of notes.slice(0, 20)) say(`${what}: ${note}`);
  say(
    `lost ${lost.length}, doubled ${doubled.length}, wrong ${wrong.length}, repeated-in-doubt ${inDoubt.length}`,
  );
  return lost.length + doubled.length + wrong.length > 0 ? 1 : 0;
}

async function attempt(asked, folder, open) {
  const random = chance(asked.seed);
  const database = await Postgres.start(folder);
  open.push(() => database.stop());
  const redis = asked.redis ? await RedisServer.start(folder) : null;
  if (redis) open.push(() => redis.stop());
  const otherSide = await OtherSide.start(random);
  const env = {
    ...environmentOf({ database, otherSide, folder }),
    ...(redis && { REDIS_URL: redis.url }),
  };
  const outbox = new Outbox(database, env, otherSide);
  await outbox.open();
  progress(`${outbox.calls.length} sample calls that fit are harvested and matched`);
  const senders = new Senders(env, otherSide, folder);
  open.push(() => senders.end());
  const assault = new Assault({ asked, random, database, redis, otherSide, outbox, senders, say: progress });
  const notes = await assault.run();
  await outbox.close();
  await otherSide.stop();
  return report(notes);
}

/**
 * Returns the exit status: 1 if anything was lost, doubled or wrong, or the run failed. TORTURE_KEEP keeps
 * the workers' logs.
 */
export async function torture(asked) {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-torture-'));
  const open = [];
  let tidied;
  const tidy = () =>
    (tidied ??= (async () => {
      for (const close of open.reverse()) await close().catch(() => undefined);
      if (!process.env.TORTURE_KEEP) rmSync(folder, { recursive: true, force: true });
    })());
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void tidy().finally(() => process.exit(130)));
  say(`seed ${asked.seed}; servers and logs are in ${folder} while it runs`);
  const status = await attempt(asked, folder, open).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    return 1;
  });
  await tidy();
  return status;
}
