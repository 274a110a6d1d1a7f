import { setTimeout } from 'node:timers/promises';

/**
 * Does the work and ends no sooner than after so many milliseconds, so that its time does not tell what there
 * was to do.
 */
export async function noSoonerThan(ms: number, work: Promise<void>): Promise<void> {
  await Promise.all([work, setTimeout(ms)]);
}
