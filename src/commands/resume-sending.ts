import { HeldSending } from '../outbox/store/sending.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { withTables } from '../app/with-database.js';
import { counted, say } from '../platform/say.js';

const SKIP = '--skip-waiting';
const GIVEN_UP = '--given-up';

/**
 * `resume-sending`: lets a restored installation send, whether or not it is running; with `--skip-waiting`,
 * whatever is waiting now is never sent, nor are the news that wait for a digest. With `--given-up` it sends
 * again what was given up.
 */
export async function resumeSending(args: string[]): Promise<void> {
  refuse(
    args.length <= 1 && args.every((arg) => [SKIP, GIVEN_UP].includes(arg))
      ? []
      : [`resume-sending takes nothing but ${SKIP} or ${GIVEN_UP}. Fix: npm run cli -- resume-sending`],
  );
  await withTables(readEnvironment(process.env, 'start'), (database) => {
    const sending = new HeldSending(database, new SettingRepository(database));
    return args.includes(GIVEN_UP) ? sendAgain(sending) : resume(sending, args.includes(SKIP));
  });
}

async function resume(sending: HeldSending, skip: boolean): Promise<void> {
  const skipped = await sending.resume(skip);
  if (skipped === null) return say('Nothing was held back: messages are being sent already.');
  say('Messages are sent from now on.');
  if (skipped)
    say(
      `Of what was waiting, nothing will be sent: ${counted(skipped, 'message, e-mail or piece of news for a digest', 'messages, e-mails and news for digests')}.`,
    );
}

async function sendAgain(sending: HeldSending): Promise<void> {
  const again = await sending.sendGivenUp();
  say(again ? `Due again: ${again}.` : 'Nothing that was given up waits to be sent again.');
  if (await sending.held())
    say('This copy was restored from a backup and sends nothing yet: npm run cli -- resume-sending');
}
