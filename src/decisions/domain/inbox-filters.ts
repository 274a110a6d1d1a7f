import { z } from 'zod';
import { DEADLINE_AFTER, DEADLINE_BEFORE } from '../../calls/domain/calls-query.js';
import { ACTION_SHORTS, type ActionShort } from '../../calls/domain/action-code.js';
import type { UnresolvedFilter, SearchedText } from '../../calls/domain/searched-text.js';
import { type Status, STATUSES } from '../../calls/domain/status.js';
import { periodAfter, periodBefore, WrittenMoment } from '../../kernel/brussels.js';
import { DAY_MS } from '../../kernel/durations.js';
import { given } from '../../kernel/collections.js';

export const INBOX_STATES = ['new', 'undecided', 'relevant', 'study', 'later', 'not', 'all'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** The filters of an inbox, with the same names in API queries, a page's URL and a spreadsheet's URL. */
export const INBOX_FIELDS = {
  state: z
    .enum(INBOX_STATES)
    .default('undecided')
    .describe(
      'new: never opened, no verdict; undecided: no verdict, or postponed and now due; later: postponed and not yet due',
    ),
  q: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('words to search for; supports "a phrase", or, -not'),
  minScore: z.coerce
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'by default undecided calls that score high enough for e-mails to the institute; lists begin at half of that score, 20 at most',
    ),
  status: z
    .enum([...STATUSES, 'any'])
    .optional()
    .describe('by the server’s clock; by default closed and withdrawn calls are left out'),
  programme: z.string().trim().min(1).max(200).optional().describe('its name'),
  typeOfAction: z.enum(ACTION_SHORTS).optional(),
  competence: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('the label of a competence that adds to the score'),
  deadlineBefore: WrittenMoment.optional().describe(DEADLINE_BEFORE),
  deadlineAfter: WrittenMoment.optional().describe(DEADLINE_AFTER),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('calls with a deadline within this many days'),
  changed: z
    .enum(['true', 'false'])
    .transform((x) => x === 'true')
    .optional()
    .describe('only calls that have changed since they were opened or decided on'),
  budgetMin: z.coerce
    .number()
    .min(0)
    .max(1e15)
    .optional()
    .describe("in euros, the most paid for one project; the topic's total if nothing else is stated"),
};

export type InboxQuery = z.infer<z.ZodObject<typeof INBOX_FIELDS>>;

/** A query at an instant: only the given filters, with days ahead as instants. */
export interface InboxFilter {
  state: InboxState;
  /** Excludes calls with lower scores; by default, undecided ones below the institute's e-mail threshold. */
  minScore?: number;
  /** By default, excludes closed and withdrawn calls. */
  status?: Status | 'any';
  programme?: string;
  typeOfAction?: ActionShort;
  deadlineBefore?: Date;
  deadlineAfter?: Date;
  competence?: string;
  /** Only calls that changed since they were opened or decided on. */
  changed?: boolean;
  /** Words are resolved by the caller. */
  q?: never;
  text?: SearchedText;
  budgetMin?: number;
  /** Only these calls. */
  ids?: string[];
}

/** Returns the filter that a query means at this instant, without its words. */
export function filterOf(
  { days, deadlineBefore, deadlineAfter, ...rest }: InboxQuery,
  now: Date,
): UnresolvedFilter<InboxFilter> {
  const [first, last] = [
    deadlineAfter === undefined ? undefined : periodAfter(deadlineAfter),
    deadlineBefore === undefined ? undefined : periodBefore(deadlineBefore),
  ];
  const within =
    days === undefined
      ? last
      : new Date(Math.min(now.getTime() + days * DAY_MS, last?.getTime() ?? Infinity));
  const from = days === undefined ? first : new Date(Math.max(now.getTime(), first?.getTime() ?? 0));
  return given({ ...rest, deadlineBefore: within, deadlineAfter: from }) as UnresolvedFilter<InboxFilter>;
}

/**
 * Restricts a query from outside the institute: what was decided or opened there is private, even as a
 * filter.
 */
export const outsideQuery = (query: InboxQuery): InboxQuery => ({
  ...query,
  state: 'all',
  changed: undefined,
});
