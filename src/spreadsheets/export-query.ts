import { z } from 'zod';
import { DEADLINE_FIELDS } from '../calls/domain/calls-query.js';
import { STATUSES } from '../calls/domain/status.js';
import { INBOX_FIELDS, INBOX_STATES } from '../decisions/domain/inbox-filters.js';
import { Moment } from '../kernel/brussels.js';
import { Language } from '../kernel/language.js';

/**
 * An institute's table has the filters of its inbox. A table is kept as a record of decisions: by default it
 * includes decided calls.
 */
export const MATCH_FILTERS = {
  ...INBOX_FIELDS,
  state: z.enum(INBOX_STATES).default('all').describe('new, undecided, relevant, not, or all'),
};

/** For the headings and words in a table. */
const IN_LANGUAGE = {
  language: Language.optional().describe("of headings and values; by default the person's own"),
};

export const MatchesQuery = z.object({ ...MATCH_FILTERS, ...IN_LANGUAGE });
export const LanguageQuery = z.object(IN_LANGUAGE);
export const CallsQuery = z.object({
  ...IN_LANGUAGE,
  q: z.string().trim().min(1).max(500).optional(),
  status: z.enum(STATUSES).optional(),
  programme: z.string().max(200).optional(),
  source: z.string().max(100).optional(),
  ...DEADLINE_FIELDS,
});
export const ChangesQuery = z.object({
  ...IN_LANGUAGE,
  since: Moment.optional().describe('changes first seen at this time or later'),
});
