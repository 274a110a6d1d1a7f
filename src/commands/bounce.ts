import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Consequence } from '../kernel/delivery-report.js';
import { Bounces, type Bounce } from '../notifications/bounces.js';
import { openDatabase } from '../app/database/data-source.js';
import { update } from '../app/update-database.js';
import { VERSION } from '../app/version.js';
import { DeliveryRepository } from '../notifications/store/delivery.repository.js';
import { TransactionalMailRepository } from '../outbox/store/transactional-mail.repository.js';
import { SystemClock } from '../platform/clock.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { secretBoxOf } from '../platform/secrets/secret-box.js';
import { readReport } from '../platform/mail/read-report.js';
import { explain } from '../app/failure.js';
import { withDatabase } from '../app/with-database.js';
import { complain, say } from '../platform/say.js';

const USAGE = 'npm run cli -- bounce [FILE]';
/**
 * The exit status that mail servers take for "try again later" from a program they pass mail to (sysexits.h):
 * they keep the mail and retry.
 */
const TEMPORARY_FAILURE = 75;

const MEANING: Record<Consequence, string> = {
  arrived: 'it has arrived',
  delayed: 'it is late, which is noted',
  lost: 'it did not arrive, which is noted',
  gone: 'it did not arrive, and nothing further is sent to its address',
};

async function noted(raw: Buffer): Promise<Bounce[] | null> {
  const report = await readReport(raw);
  if (!report) return null;
  const env = readEnvironment(process.env, 'start');
  return withDatabase(env, async (url) => {
    await update(url, env, VERSION);
    const database = await openDatabase(url);
    try {
      const box = secretBoxOf(env);
      return await new Bounces(
        new DeliveryRepository(database, box),
        new TransactionalMailRepository(database, box),
        new SystemClock(env.CLOCK),
      ).take(report);
    } finally {
      await database.destroy();
    }
  });
}

/**
 * `bounce`: reads a bounced mail from a file or a mail server's pipe, and stops sending to an address that
 * does not exist.
 */
export async function bounce(args: string[]): Promise<void> {
  refuse(args.length > 1 ? [`bounce takes one file, or none and reads standard input. Fix: ${USAGE}`] : []);
  try {
    const bounces = await noted(args[0] ? await readFile(args[0]) : await buffer(process.stdin));
    if (!bounces) say('This is not a delivery report (RFC 3464). Nothing was changed.');
    else if (!bounces.length)
      say('It is not about one of our e-mails, or not about its recipient. Nothing was changed.');
    for (const { messageId, consequence, words } of bounces ?? [])
      say(`${messageId}: ${MEANING[consequence]} (${words}).`);
  } catch (error) {
    complain(`The report was not processed: ${explain(error)}`);
    process.exitCode = TEMPORARY_FAILURE;
  }
}
