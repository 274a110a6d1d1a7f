import { z } from 'zod';
import { STATUSES } from '../../domain/call/status.js';
import { Language } from '../../domain/profile/profile.js';
import { INBOX_STATES } from '../../persistence/repositories/inbox-where.js';
import { Moment } from '../../platform/api/moment.js';

/** By these an institute's table is narrowed over the API; its page has all the filters of the inbox. */
export const INBOX_FILTERS = {
  state: z.enum(INBOX_STATES).default('all').describe('new, undecided, relevant, not, or all'),
  minScore: z.coerce.number().min(0).max(100).optional().describe('without it from the score on from which the institute is written to'),
  status: z.enum([...STATUSES, 'any']).optional().describe('by our own clock; without it neither closed nor withdrawn calls are listed'),
};

/** Of the headings and words in a table. */
export const IN_LANGUAGE = { language: Language.optional().describe('of headings and words; the person\'s own where it is left out') };

export const MatchesQuery = z.object({ ...INBOX_FILTERS, ...IN_LANGUAGE });
export const LanguageQuery = z.object(IN_LANGUAGE);
export const CallsQuery = z.object({
  ...IN_LANGUAGE,
  q: z.string().trim().min(1).max(500).optional(),
  status: z.enum(STATUSES).optional(),
  programme: z.string().max(200).optional(),
  source: z.string().max(100).optional(),
  deadlineBefore: Moment.optional(),
  deadlineAfter: Moment.optional(),
});
export const ChangesQuery = z.object({ ...IN_LANGUAGE, since: Moment.optional().describe('changes that were first seen at that moment or later') });

/** The filters that were given. */
export const givenOf = <T extends object>(filters: T): T => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as T;
