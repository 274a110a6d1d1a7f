import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS } from '../../../kernel/durations.js';
import { type Writing, writeBackup } from './backup-file.js';
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

export function removeBackups(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** Removes what killed processes left unfinished more than a day ago. */
export function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const isPart = name.endsWith('.part') && NAME.test(name.slice(0, -'.part'.length));
    const stats = isPart && statSync(join(folder, name), { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > DAY_MS) rmSync(join(folder, name), { force: true });
  }
}

/** Where a backup is kept, and what it is. */
export interface NewBackup {
  folder: string;
  recipients: readonly string[];
  version: string;
  madeAt: Date;
  keys: string[];
  /** The version that the database is about to be changed to. */
  before?: string;
}

/** Adds a backup to a folder of backups, and reads it back. */
export async function backUpInto(
  url: string,
  { folder, before, recipients, ...about }: NewBackup,
  tried?: Writing['tried'],
): Promise<KeptBackup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `carnot-${stampOf(about.madeAt)}${before ? `-before-${before}` : ''}.backup${recipients.length ? '.age' : ''}`;
  const file = join(folder, name);
  await connected(url, (client) => writeBackup(file, dump(client, about), { recipients, tried }));
  return { name, madeAt: about.madeAt, bytes: statSync(file).size, beforeUpdate: before !== undefined };
}
