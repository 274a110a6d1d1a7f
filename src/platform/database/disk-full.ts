import { statfs } from 'node:fs/promises';
import { MINUTE_MS } from '../../kernel/durations.js';
/** A disk that ran out of space: that of the database, or of DATA_DIR. */
export type Disk = 'database' | 'data';

/** Codes of PostgreSQL (appendix A) and of the system. */
const FULL = ['53100', 'ENOSPC', 'EDQUOT'];
/** How long a full disk is reported after it was last seen: the caller may have been the only writer. */
const TOLD_MS = MINUTE_MS;

const met = new Map<Disk, number>();

/** Whether an error says that there is no space left. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return FULL.includes(driverError?.code ?? code ?? '');
}

/** Records a full disk if the error reports one. */
export function noteIfFull(disk: Disk, error: unknown): void {
  if (isDiskFull(error)) met.set(disk, performance.now());
}

/**
 * Records a full disk found in a check of the database, and returns whether that was the error: a server
 * without space for what a new connection writes is still up.
 */
export function isOnlyFull(error: unknown): boolean {
  noteIfFull('database', error);
  return isDiskFull(error);
}

/** Returns the free space of the disk of a folder, in bytes; null if the folder does not exist (yet). */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns the disks that this process found full within the last minute. */
export const fullDisks = (): Disk[] =>
  [...met].filter(([, at]) => performance.now() - at < TOLD_MS).map(([disk]) => disk);
