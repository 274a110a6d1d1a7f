import { DateTime } from 'luxon';
import { z } from 'zod';
import { BRUSSELS, statusAt, type StatusFacts } from '../../calls/domain/index.js';
import type { Answer } from './answer.js';

export const USUAL_REMIND_AFTER_DAYS = 7;

export const RemindAfterDays = z
  .number()
  .int()
  .min(1)
  .max(90)
  .nullable()
  .describe('a researcher is reminded once after this many days without an answer; null: never');

/** A proposal as far as it is reminded of. */
export interface Reminded {
  answer: Answer | null;
  remindedAt: Date | null;
  /** Null where they were taken off the list. */
  researcherId: string | null;
  email: string;
}

/** The day on which somebody is reminded who was asked now. */
export const remindDay = (now: Date, afterDays: number | null): string | null =>
  afterDays === null
    ? null
    : DateTime.fromJSDate(now, { zone: BRUSSELS }).plus({ days: afterDays }).toISODate()!;

/**
 * Once at most, and neither after an answer, nor once nobody can apply any more, nor who was taken off the
 * list.
 */
export function mayRemind(
  { answer, remindedAt, researcherId, email }: Reminded,
  call: StatusFacts,
  now: Date,
): boolean {
  const status = statusAt(call, now);
  return (
    answer === null &&
    remindedAt === null &&
    researcherId !== null &&
    email !== '' &&
    status !== 'closed' &&
    status !== 'withdrawn'
  );
}
