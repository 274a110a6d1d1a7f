/**
 * Proof that nothing that happens to servers, disks, clock or processes makes messages or calls get lost,
 * doubled or falsified:
 *
 *   npm run torture -- [kills | faults | all | NAME…] [--seconds 30] [--messages 250] [--kills 200] [--notifications 2000] [--seed 1] [--redis]
 *
 * `kills`, the default: real workers deliver to a real mail server and to receivers of webhooks and cards
 * that refuse, stall and cut connections, before and after accepting a message; a tenth of the e-mails is
 * refused with 554 once it was read, as content filters do. The workers are killed with
 * -9 at random moments, while at least that many notifications are due; the database is restarted under them,
 * cleanly and by crash, and with --redis the queue's store too. At the end every accepted message is compared
 * with its row. One thing is shortened, without changing the program: while no worker is alive, the outbox's
 * times (`claimed_at`, `next_try_at`) move by three days, instead of 90 seconds until a dead sender's message
 * is free and days until a refused one is retried.
 *
 * `faults`: all of faults/faults.mjs, or those named. An installation is harvesting and delivering when
 * something is taken away for --seconds; a client keeps sending requests. It prints a table. `--before` is
 * the version to update from: the newest release by default.
 *
 * The last line is the result; the exit status is 1 if anything was lost, doubled or wrong.
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
  // Imported late: it loads the whole program, and a mistyped option should fail before that.
  const { torture } = await import('./torture.mjs');
  status = (await torture(asked)) || status;
}
process.exit(status);
