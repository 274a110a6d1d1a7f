const GIGABYTE = 1e9;

/** `free` is null if it is not known: the disk of a PostgreSQL of its own is only known when it is full. */
export function judgeDisk(
  isFull: boolean,
  free: number | null,
  leastGigabytes: number,
): { state: 'ok' | 'nearly-full' | 'full'; reason: string | null } {
  const left = free === null ? '' : `${(free / GIGABYTE).toFixed(1)} GB are free`;
  if (isFull)
    return { state: 'full', reason: ['there is no space to write', left].filter(Boolean).join('; ') };
  if (free !== null && free < leastGigabytes * GIGABYTE) return { state: 'nearly-full', reason: left };
  return { state: 'ok', reason: null };
}
