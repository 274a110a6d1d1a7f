/**
 * Proof that what befalls the servers, the disks, the clock and the processes loses, doubles and falsifies
 * nothing:
 *
 *   npm run torture -- [kills | faults | all | NAME…] [--seconds 30] [--messages 250] [--kills 200] [--notifications 2000] [--seed 1] [--redis]
 *
 * `kills`, which is meant without a name: real workers deliver to a real mail server and to receivers of
 * webhooks and cards that refuse, keep waiting, and cut the connection, before and after they took a message.
 * The workers are killed with -9 at random moments, while at least so many notifications are due; the
 * database is restarted under them, in order and by crash, and with --redis the queue's store too. At the end
 * every message that was taken is set beside its row. One thing is shortened, and nothing of the program is
 * changed for it: while not one worker lives, three days pass in the outbox's times (`claimed_at`,
 * `next_try_at`), instead of 90 seconds until a dead sender's message is free and days until a refused one is
 * tried again.
 *
 * `faults`: each of faults/faults.mjs, or those that are named. An installation is in the middle of a harvest
 * and of its deliveries when something is taken away for --seconds; somebody goes on asking all the time. It
 * prints a table. `--before` is the version from which is updated: the newest release, where nothing is said.
 *
 * The last line is the result; the exit status is 1 where anything was lost, doubled or wrong.
 */
import { parseArgs } from 'node:util';
import { FAULTS } from './faults/faults.mjs';

const USAGE = `npm run torture -- [--kills 200] [--notifications 2000] [--seed 1] [--redis]
npm run torture -- faults | all | ${FAULTS.map(({ name }) => name).join(' | ')} … [--seconds 30] [--messages 250] [--before COMMIT] [--seed 1]`;

function refuse(why) {
  process.stderr.write(`${why}\n${USAGE}\n`);
  process.exit(2);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        kills: { type: 'string', default: '200' },
        notifications: { type: 'string', default: '2000' },
        seconds: { type: 'string', default: '30' },
        messages: { type: 'string', default: '250' },
        before: { type: 'string' },
        seed: { type: 'string' },
        redis: { type: 'boolean', default: false },
      },
    });
    const seed = values.seed ?? String(Math.floor(Math.random() * 1e9));
    const whole = (name, text, least) =>
      /^\d{1,9}$/.test(text) && Number(text) >= least
        ? Number(text)
        : refuse(`--${name} takes a whole number from ${least} on, and not "${text}".`);
    const names = positionals.length ? positionals : ['kills'];
    for (const name of names)
      if (!['kills', 'faults', 'all'].includes(name) && !FAULTS.some((fault) => fault.name === name))
        refuse(`There is no fault "${name}".`);
    return {
      names,
      kills: whole('kills', values.kills, 1),
      notifications: whole('notifications', values.notifications, 1),
      seconds: whole('seconds', values.seconds, 10),
      messages: whole('messages', values.messages, 50),
      seed: whole('seed', seed, 0),
      redis: values.redis,
      before: values.before,
    };
  } catch (error) {
    return refuse(error.message);
  }
}

const { names, ...asked } = options();
const isAsked = (...of) => of.some((name) => names.includes(name));
const faults = FAULTS.filter(({ name }) => isAsked('faults', 'all', name));
let status = 0;
if (faults.length) {
  const { tryFaults } = await import('./faults/table.mjs');
  if (!(await tryFaults(faults, asked))) status = 1;
}
if (isAsked('kills', 'all')) {
  // Only now: all of the program is loaded with it, and who mistypes an option need not wait for that.
  const { torture } = await import('./torture.mjs');
  status = (await torture(asked)) || status;
}
process.exit(status);
