import { restore as restoreInto, refuseNewer } from '../app/database/restore.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { checkBackup } from '../platform/database/backup/backup-file.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { keyNames } from '../app/with-database.js';
import { say } from '../platform/say.js';

/** `restore FILE`: fills an empty database from a backup, or changes nothing. */
export async function restore(args: string[]): Promise<void> {
  const [file] = args;
  refuse(file && args.length === 1 ? [] : ['restore takes one file. Fix: npm run cli -- restore FILE']);
  const env = readEnvironment(process.env, 'start');
  // The whole file is read before anything is changed.
  const contents = await checkBackup(file!);
  refuseNewer(contents);
  const embedded = env.DATABASE_URL ? null : await startEmbeddedPostgres(env.DATA_DIR);
  try {
    await restoreInto(env.DATABASE_URL ?? embedded!.url, file!, contents, new Date());
  } finally {
    await embedded?.stop();
  }
  const { header, ends } = contents;
  const rows = ends.reduce((sum, end) => sum + end.rows, 0);
  say(
    `Restored and read back: ${rows} rows of ${header.tables.length} tables, as they were on ${header.madeAt} (version ${header.version}).`,
  );
  const ours = keyNames(env);
  if (!header.keys.some((key) => ours.includes(key)))
    say(
      'The addresses and secrets of channels in it were encrypted with another key. Set SECRET_KEY (or SECRET_KEY_BEFORE) to that of the backed-up installation, or copy its DATA_DIR/secret.key here, before you start.',
    );
  say(
    'It sends nothing until you say so. Stop the backed-up installation first, then: npm run cli -- resume-sending (or resume-sending --skip-waiting, if that one went on sending after the backup).',
  );
}
