import { z } from 'zod';
import { periodAfter, periodBefore, WrittenMoment } from '../../kernel/brussels.js';
import { STATUSES, type Status } from './status.js';

const Day = z.iso
  .date()
  .refine((day) => /^20/.test(day))
  .optional();

export const DEADLINE_BEFORE =
  'calls with a deadline before this time, or up to and including this day in Brussels, and after deadlineAfter if both are given';
export const DEADLINE_AFTER = 'calls with a deadline after this time, or from this day in Brussels on';
/** The filters by deadline that a program may give, also as instants. */
export const DEADLINE_FIELDS = {
  deadlineBefore: WrittenMoment.transform(periodBefore).optional().describe(DEADLINE_BEFORE),
  deadlineAfter: WrittenMoment.transform(periodAfter).optional().describe(DEADLINE_AFTER),
};

/** The filters of a list of calls as they appear in the page's URL and in a saved search. */
export const CALLS_FIELDS = {
  q: z.string().trim().min(1).max(500).optional(),
  status: z.enum(STATUSES).optional(),
  programme: z.string().trim().max(200).optional(),
  source: z.string().trim().max(100).optional(),
  deadlineAfter: Day,
  deadlineBefore: Day,
};
export type CallsQuery = z.output<z.ZodObject<typeof CALLS_FIELDS>>;

export interface CallsFilter {
  q?: string;
  status?: Status;
  programme?: string;
  source?: string;
  deadlineAfter?: Date;
  deadlineBefore?: Date;
}

/** Returns the filter for a URL's query; both days are inclusive, in Brussels time. */
export function callsFilterOf({
  q,
  status,
  programme,
  source,
  deadlineAfter,
  deadlineBefore,
}: CallsQuery): CallsFilter {
  return {
    ...(q && { q }),
    ...(status && { status }),
    ...(programme && { programme }),
    ...(source && { source }),
    ...(deadlineAfter && { deadlineAfter: periodAfter(deadlineAfter) }),
    ...(deadlineBefore && { deadlineBefore: periodBefore(deadlineBefore) }),
  };
}
