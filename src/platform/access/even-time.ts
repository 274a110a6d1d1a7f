import { setTimeout } from 'node:timers/promises';

/** Does the work and takes at least `ms` milliseconds, so that the time does not reveal what was done. */
export async function noSoonerThan(ms: number, work: Promise<void>): Promise<void> {
  await Promise.all([work, setTimeout(ms)]);
}
