import { issue } from './issues.js';
import { z } from 'zod';

/** Neither the calendar nor the database knows a year 0. */
const hasYear = (written: string): boolean => !written.startsWith('0000');

/** A time of day as people write it. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, issue('time-of-day'))
  .describe('hours and minutes in quotes, such as "07:00"');

/** A day as 2026-03-01. */
export const Day = z.iso.date().refine(hasYear, issue('day'));

/** An instant only as `JSON.stringify` writes it. */
export const Instant = z.iso.datetime({ precision: 3 }).refine(hasYear);

/** A day, or an instant with its offset, as written. */
export const WrittenMoment = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  issue('day-or-instant'),
);

/** A day, or an instant with its offset. A day begins at midnight UTC. */
export const Moment = WrittenMoment.transform((text) => new Date(text));
