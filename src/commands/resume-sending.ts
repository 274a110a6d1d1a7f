import { openDatabase } from '../app/database/data-source.js';
import { HeldSending } from '../outbox/store/index.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { withDatabase } from '../app/with-database.js';
import { say } from '../platform/say.js';

const SKIP = '--skip-waiting';

/**
 * `resume-sending`: lets a restored installation send, whether or not it is running; with `--skip-waiting`,
 * whatever is waiting now is never sent.
 */
export async function resumeSending(args: string[]): Promise<void> {
  refuse(
    args.length <= 1 && args.every((arg) => arg === SKIP)
      ? []
      : [`resume-sending takes nothing but ${SKIP}. Fix: npm run cli -- resume-sending`],
  );
  await withDatabase(readEnvironment(process.env, 'start'), async (url) => {
    const database = await openDatabase(url);
    const sending = new HeldSending(database, new SettingRepository(database));
    let skipped: number | null;
    try {
      skipped = await sending.resume(args.includes(SKIP));
    } finally {
      await database.destroy();
    }
    if (skipped === null) return say('Nothing was held back: messages are being sent already.');
    say('Messages are sent from now on.');
    if (skipped) say(`${skipped} that were waiting will not be sent.`);
  });
}
