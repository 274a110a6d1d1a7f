import { DateTime } from 'luxon';
import { z } from 'zod';
import { BRUSSELS } from '../../kernel/brussels.js';
import { statusAt, type StatusFacts } from '../../calls/domain/status.js';
import type { Answer } from './answer.js';

export const USUAL_REMIND_AFTER_DAYS = 7;

export const RemindAfterDays = z
  .number()
  .int()
  .min(1)
  .max(90)
  .nullable()
  .describe('a researcher is reminded once after this many days without an answer; null: never');

/** The fields of a proposal that decide whether to remind. */
export interface Reminded {
  answer: Answer | null;
  remindedAt: Date | null;
  /** Null if they were removed from the list. */
  researcherId: string | null;
  email: string;
}

/** The day of the reminder for a proposal made now. */
export const remindDay = (now: Date, afterDays: number | null): string | null =>
  afterDays === null
    ? null
    : DateTime.fromJSDate(now, { zone: BRUSSELS }).plus({ days: afterDays }).toISODate()!;

/**
 * At most once; not after an answer, not once the call is closed, and not for people removed from the list.
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
