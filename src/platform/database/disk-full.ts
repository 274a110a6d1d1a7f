/** Where room was missing: on the disk of the database, or of DATA_DIR. */
export type Disk = 'database' | 'data';

/** Of PostgreSQL (appendix A), and of the system. */
const FULL = ['53100', 'ENOSPC', 'EDQUOT'];
/** So long it is told after it was met last: whoever asks may have been the only one to write. */
const TOLD_MS = 60_000;

const met = new Map<Disk, number>();

/** Whether an error says that there is no room left to write. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return FULL.includes(driverError?.code ?? code ?? '');
}

/** Notes it where that is what an error says. */
export function noteIfFull(disk: Disk, error: unknown): void {
  if (isDiskFull(error)) met.set(disk, performance.now());
}

/**
 * Notes what was met in a check of the database, and gives whether it was that: a server that has no room for
 * what a new connection writes is there all the same.
 */
export function isOnlyFull(error: unknown): boolean {
  noteIfFull('database', error);
  return isDiskFull(error);
}

/** On which disks this process found no room within the last minute. */
export const fullDisks = (): Disk[] =>
  [...met].filter(([, at]) => performance.now() - at < TOLD_MS).map(([disk]) => disk);
