import { readArguments } from './arguments.js';
import { tryRestore, restore as restoreInto, refuseNewer } from '../app/database/restore.js';
import { refuse } from '../platform/config/config-error.js';
import { type Environment, readEnvironment } from '../platform/config/environment.js';
import { checkBackup, type Contents } from '../platform/database/backup/backup-file.js';
import { identitiesIn } from '../platform/database/backup/age.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { keyNames, withDatabase } from '../app/with-database.js';
import { complain, counted, say } from '../platform/say.js';

const USAGE = 'npm run cli -- restore [--check] FILE [--identity FILE]';
const OPTIONS = { check: { type: 'boolean', default: false }, identity: { type: 'string' } } as const;

/**
 * `restore FILE`: fills an empty database from a backup, or changes nothing. `--check` only tries it, in a
 * transaction that is rolled back, and may be used on the database of a running installation.
 */
export async function restore(args: string[]): Promise<void> {
  const { positionals, values } = readArguments({ args, options: OPTIONS, allowPositionals: true }, USAGE);
  const [file] = positionals;
  refuse(file && positionals.length === 1 ? [] : [`restore takes one file. Fix: ${USAGE}`]);
  const env = readEnvironment(process.env, 'start');
  const identities = values.identity === undefined ? [] : await identitiesIn(values.identity);
  // The whole file is read before anything is changed.
  const contents = await checkBackup(file!, identities);
  refuseNewer(contents);
  await (values.check ? check : fill)(env, file!, contents);
}

const inWords = ({ header, ends }: Contents): string =>
  `${ends.reduce((sum, end) => sum + end.rows, 0)} rows of ${header.tables.length} tables, as they were on ${header.madeAt} (version ${header.version})`;

async function check(env: Environment, file: string, contents: Contents): Promise<void> {
  const { chain } = await withDatabase(env, async (url) => tryRestore(url, file, contents));
  say(`Restored as a trial and read back: ${inWords(contents)}. Nothing of it was kept.`);
  if (chain.holds) return say(`Its audit log is intact: ${counted(chain.entries, 'entry', 'entries')}.`);
  complain(
    `Its audit log does not hold: ${chain.why} (entry ${chain.position}). The rest of the backup is as it was written.`,
  );
  process.exitCode = 1;
}

async function fill(env: Environment, file: string, contents: Contents): Promise<void> {
  const embedded = env.DATABASE_URL ? null : await startEmbeddedPostgres(env.DATA_DIR);
  try {
    await restoreInto(env.DATABASE_URL ?? embedded!.url, file, contents, new Date());
  } finally {
    await embedded?.stop();
  }
  say(`Restored and read back: ${inWords(contents)}.`);
  const ours = keyNames(env);
  if (!contents.header.keys.some((key) => ours.includes(key)))
    say(
      'The addresses and secrets of channels in it were encrypted with another key. Set SECRET_KEY (or SECRET_KEY_BEFORE) to that of the backed-up installation, or copy its DATA_DIR/secret.key here, before you start.',
    );
  say(
    'It sends nothing until you say so. Stop the backed-up installation first, then: npm run cli -- resume-sending (or resume-sending --skip-waiting, if that one went on sending after the backup).',
  );
}
