import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DAY_MS } from '../../../kernel/brussels.js';
import { CarnotError } from '../../../kernel/errors.js';
import { decryptFile, encryptFile, isEncrypted } from './age.js';
import { refuseExisting, syncToDisk, writeBackup, type Contents } from './backup-file.js';
import { connected, dump } from './dump.js';

/** Where backups go that are made by themselves, if BACKUP_DIR names no other place. */
export const backupFolder = ({ DATA_DIR }: { DATA_DIR: string }): string => join(DATA_DIR, 'backups');

/** A backup in a folder of backups, named by when it was made. */
export interface KeptBackup {
  name: string;
  madeAt: Date;
  bytes: number;
  /** Made before the database was changed to a newer version. */
  beforeUpdate: boolean;
}

const NAME = /^carnot-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z(-before-[\w.-]{1,40})?\.backup(?:\.age)?$/;

/** How the folder is called in which a backup stands in clear before it is encrypted. */
const UNDER_WAY = 'backup-under-way-';

const stampOf = (moment: Date): string => `${moment.toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/** The backups in a folder, newest first; other files are none of ours. */
export function backupsIn(folder: string): KeptBackup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .flatMap((name) => {
      const [, day, hours, minutes, seconds, before] = NAME.exec(name) ?? [];
      const stats = day && statSync(join(folder, name), { throwIfNoEntry: false });
      return stats
        ? [
            {
              name,
              madeAt: new Date(`${day}T${hours}:${minutes}:${seconds}Z`),
              bytes: stats.size,
              beforeUpdate: before !== undefined,
            },
          ]
        : [];
    })
    .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
}

/** Removes these backups, and what killed processes left unfinished more than a day ago. */
export function removeBackups(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
  removeOld(folder, (name) => name.endsWith('.part') && NAME.test(name.slice(0, -'.part'.length)));
}

/** Removes what has these names and was last written more than a day ago. */
function removeOld(folder: string, isOurs: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isOurs))
    if (Date.now() - statSync(join(folder, name)).mtimeMs > DAY_MS)
      rmSync(join(folder, name), { recursive: true, force: true });
}

/** Who alone may read a backup, and the folder in which it may stand in clear meanwhile. */
export interface Encryption {
  recipients: readonly string[];
  dataDir: string;
}

/**
 * Runs with the name of a file that may be in clear, and removes it: in a folder of the program's own, since
 * the folder of the backups may be one that others can read.
 */
async function inPrivateFolder<T>(dataDir: string, work: (file: string) => Promise<T>): Promise<T> {
  mkdirSync(dataDir, { recursive: true });
  // A killed process leaves one behind.
  removeOld(dataDir, (name) => name.startsWith(UNDER_WAY));
  const folder = mkdtempSync(join(dataDir, UNDER_WAY));
  try {
    return await work(join(folder, 'backup'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Tried = (file: string, contents: Contents) => Promise<void>;

/**
 * Writes a backup that only the holders of the recipients' identities can read; if there are none, one in
 * clear that only the current user can read. `tried` gets it before it is encrypted: afterwards this machine
 * cannot read it.
 */
export async function writeBackupFor(
  file: string,
  { recipients, dataDir }: Encryption,
  parts: AsyncIterable<Buffer>,
  tried?: Tried,
): Promise<Contents> {
  if (recipients.length === 0) return writeBackup(file, parts, tried);
  refuseExisting(file);
  const part = `${file}.part`;
  return inPrivateFolder(dataDir, async (plain) => {
    const contents = await writeBackup(plain, parts, tried);
    rmSync(part, { force: true });
    try {
      await encryptFile(plain, part, recipients);
      renameSync(part, file);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    syncToDisk(dirname(resolve(file)));
    return contents;
  });
}

/** Runs with a backup in clear; an encrypted one is decrypted for as long, with the identities of a file. */
export async function withReadable<T>(
  file: string,
  { identityFile, dataDir }: { identityFile: string | undefined; dataDir: string },
  work: (file: string) => Promise<T>,
): Promise<T> {
  if (!(await isEncrypted(file))) return work(file);
  if (identityFile === undefined)
    throw new CarnotError(
      'NotDecrypted',
      `${file} is encrypted. Fix: Name the file with the identity of one of its recipients: --identity backup.key. Nothing was changed.`,
      'person',
    );
  return inPrivateFolder(dataDir, async (plain) => {
    await decryptFile(file, plain, identityFile);
    return work(plain);
  });
}

/** Where a backup is kept, and what it is. */
export interface NewBackup extends Encryption {
  folder: string;
  version: string;
  madeAt: Date;
  keys: string[];
  /** The version that the database is about to be changed to. */
  before?: string;
}

/** Adds a backup to a folder of backups, and reads it back. */
export async function backUpInto(
  url: string,
  { folder, before, recipients, dataDir, ...about }: NewBackup,
  tried?: Tried,
): Promise<KeptBackup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `carnot-${stampOf(about.madeAt)}${before ? `-before-${before}` : ''}.backup${recipients.length ? '.age' : ''}`;
  const file = join(folder, name);
  await connected(url, (client) => writeBackupFor(file, { recipients, dataDir }, dump(client, about), tried));
  return { name, madeAt: about.madeAt, bytes: statSync(file).size, beforeUpdate: before !== undefined };
}
