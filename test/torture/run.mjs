/**
 * Proof that the outbox loses, doubles and falsifies nothing:
 *
 *   npm run torture -- [--kills 200] [--notifications 2000] [--seed 1] [--redis]
 *
 * Real workers deliver to a real mail server and to receivers of webhooks and cards that refuse, keep waiting, and cut the connection, before
 * and after they took a message. The workers are killed with -9 at random moments, while at least so many notifications are due; the database
 * is restarted under them, in order and by crash, and with --redis the queue's store too. At the end every message that was taken is set
 * beside its row. The last line is the result; the exit status is 1 where anything was lost, doubled or wrong.
 *
 * One thing is shortened, and nothing of the program is changed for it: while not one worker lives, three days pass in the outbox's times
 * (`claimed_at`, `next_try_at`), instead of 90 seconds until a dead sender's message is free and days until a refused one is tried again.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Assault } from './assault.mjs';
import { chance } from './chance.mjs';
import { OtherSide } from './other-side.mjs';
import { Outbox } from './outbox.mjs';
import { Senders } from './senders.mjs';
import { Postgres, RedisServer } from './servers.mjs';

const USAGE = 'npm run torture -- [--kills 200] [--notifications 2000] [--seed 1] [--redis]';
const began = performance.now();
const say = (text) => process.stdout.write(`${text}\n`);
const progress = (text) => say(`${String(Math.round((performance.now() - began) / 1_000)).padStart(4)} s  ${text}`);

function refuse(why) {
  process.stderr.write(`${why}\n${USAGE}\n`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, notifications: { type: 'string', default: '2000' }, seed: { type: 'string' }, redis: { type: 'boolean', default: false } } });
    const seed = values.seed ?? String(Math.floor(Math.random() * 1e9));
    const whole = (name, text, least) => (/^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : refuse(`--${name} takes a whole number from ${least} on, and not "${text}".`));
    return { kills: whole('kills', values.kills, 1), notifications: whole('notifications', values.notifications, 1), seed: whole('seed', seed, 0), redis: values.redis };
  } catch (error) {
    return refuse(error.message);
  }
}

function environment(database, redis, otherSide, folder) {
  return {
    DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis.url }), SMTP_URL: otherSide.smtpUrl, MAIL_FROM: 'calls@carnot.test', PUBLIC_URL: 'http://carnot.test', DATA_DIR: join(folder, 'data'),
    WEBHOOK_TRUSTED_ORIGINS: otherSide.origin, SOURCES: 'funding-tenders',
    // Nothing is harvested while it is tortured, and nobody outside is ever asked.
    FUNDING_TENDERS_URL: otherSide.origin, LOG_LEVEL: 'error',
  };
}

function report({ lost, doubled, wrong, inDoubt }) {
  for (const [what, notes] of Object.entries({ lost, doubled, wrong })) for (const note of notes.slice(0, 20)) say(`${what}: ${note}`);
  say(`lost ${lost.length}, doubled ${doubled.length}, wrong ${wrong.length}, repeated-in-doubt ${inDoubt.length}`);
  return lost.length + doubled.length + wrong.length > 0 ? 1 : 0;
}

async function torture(asked, folder, open) {
  const random = chance(asked.seed);
  const database = await Postgres.start(folder);
  open.push(() => database.stop());
  const redis = asked.redis ? await RedisServer.start(folder) : null;
  if (redis) open.push(() => redis.stop());
  const otherSide = await OtherSide.start(random);
  const env = environment(database, redis, otherSide, folder);
  const outbox = new Outbox(database, env, otherSide);
  await outbox.open();
  progress(`${outbox.calls.length} sample calls that fit are harvested and matched`);
  const assault = new Assault({ asked, random, database, redis, otherSide, outbox, senders: new Senders(env, otherSide, folder), say: progress });
  const notes = await assault.run();
  await outbox.close();
  await otherSide.stop();
  return report(notes);
}

const asked = options();
const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-torture-'));
chmodSync(folder, 0o711);
const open = [];
const tidy = async () => {
  for (const close of open.splice(0).reverse()) await close().catch(() => undefined);
  if (!process.env.TORTURE_KEEP) rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void tidy().finally(() => process.exit(130)));
say(`seed ${asked.seed}; everything is kept in ${folder} while it runs`);
const status = await torture(asked, folder, open).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  return 1;
});
await tidy();
process.exit(status);
