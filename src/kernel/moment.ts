import { z } from 'zod';

/** A day, or an instant with its offset, as written. */
export const WrittenMoment = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'must be a day (2026-03-01) or a time with its offset (2026-03-01T17:00:00Z)',
);

/** A day, or an instant with its offset. A day begins at midnight UTC. */
export const Moment = WrittenMoment.transform((text) => new Date(text));
