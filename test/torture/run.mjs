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
import { parseArgs } from 'node:util';

const USAGE = 'npm run torture -- [--kills 200] [--notifications 2000] [--seed 1] [--redis]';

function refuse(why) {
  process.stderr.write(`${why}\n${USAGE}\n`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string', default: '200' },
        notifications: { type: 'string', default: '2000' },
        seed: { type: 'string' },
        redis: { type: 'boolean', default: false },
      },
    });
    const seed = values.seed ?? String(Math.floor(Math.random() * 1e9));
    const whole = (name, text, least) =>
      /^\d{1,9}$/.test(text) && Number(text) >= least
        ? Number(text)
        : refuse(`--${name} takes a whole number from ${least} on, and not "${text}".`);
    return {
      kills: whole('kills', values.kills, 1),
      notifications: whole('notifications', values.notifications, 1),
      seed: whole('seed', seed, 0),
      redis: values.redis,
    };
  } catch (error) {
    return refuse(error.message);
  }
}

const asked = options();
// Only now: all of the program is loaded with it, and who mistypes an option need not wait for that.
const { torture } = await import('./torture.mjs');
process.exit(await torture(asked));
