import { VERSION } from '../app/version.js';
import { readArguments } from './arguments.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { recipientProblems } from '../platform/database/backup/age.js';
import { writeBackup } from '../platform/database/backup/backup-file.js';
import { connected, dump } from '../platform/database/backup/dump.js';
import { keyNames, withDatabase } from '../app/with-database.js';
import { say } from '../platform/say.js';

const USAGE = 'npm run cli -- backup FILE';

/**
 * `backup FILE`: writes all stored data into one file, as of one moment; the installation may keep running.
 */
export async function backup(args: string[]): Promise<void> {
  const { positionals } = readArguments({ args, options: {}, allowPositionals: true }, USAGE);
  const [file] = positionals;
  refuse(file && positionals.length === 1 ? [] : [`backup takes one file. Fix: ${USAGE}`]);
  const env = readEnvironment(process.env, 'start');
  refuse(await recipientProblems(env.BACKUP_RECIPIENTS));
  const { header, ends } = await withDatabase(env, (url) =>
    connected(url, (client) =>
      writeBackup(file!, dump(client, { version: VERSION, madeAt: new Date(), keys: keyNames(env) }), {
        recipients: env.BACKUP_RECIPIENTS ?? [],
      }),
    ),
  );
  const rows = ends.reduce((sum, end) => sum + end.rows, 0);
  say(`Backed up and read back: ${rows} rows of ${header.tables.length} tables, in ${file}.`);
  say(
    env.BACKUP_RECIPIENTS
      ? 'It is encrypted: only who holds the identity of one of BACKUP_RECIPIENTS can read it (restore --identity FILE).'
      : 'It holds names, e-mail addresses and messages in clear: keep it as you keep the database. Passwords, tokens and keys stand in it as hashes only, and addresses and secrets of channels are encrypted with SECRET_KEY.',
  );
  say(
    env.SECRET_KEY
      ? 'SECRET_KEY is not in it: keep a copy of it in another place.'
      : `The key is not in it: keep a copy of ${env.DATA_DIR}/secret.key in another place.`,
  );
}
