import { z } from 'zod';
import type { CallContent } from './call-content.js';
import { DAY_MS } from '../../kernel/durations.js';

/** The statuses that a source can give its call. `draft`: it stands in a draft, and is not yet adopted. */
export const SOURCE_STATUSES = ['draft', 'forthcoming', 'open', 'closed'] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/**
 * The statuses that people see: `withdrawn` is our own finding, if its sources stopped showing it well before
 * its deadline.
 */
export const STATUSES = [...SOURCE_STATUSES, 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

/** Whether calls of a status can no longer be answered. */
export const isOver = (status: Status): boolean => status === 'closed' || status === 'withdrawn';

/** What every answer that names a call says of it. */
export const CallHead = z.object({
  id: z.uuid(),
  title: z.string(),
  identifier: z.string().nullable(),
  status: z.enum(STATUSES),
});

/** What the status depends on; also the database's columns. */
export interface StatusFacts {
  opensAt: Date | null;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
  withdrawnAt?: Date | null;
}

export function statusFacts(
  content: Pick<CallContent, 'opensAt' | 'deadlines' | 'sourceStatus'>,
): StatusFacts {
  const last = content.deadlines.at(-1);
  return {
    opensAt: content.opensAt ? new Date(content.opensAt) : null,
    lastDeadlineAt: last ? new Date(last.at) : null,
    sourceStatus: content.sourceStatus,
  };
}

/** Portals leave years-old calls "open": a call first seen this long after its end is not news. */
const LONG_OVER_DAYS = 30;

/** Whether a call's last deadline passed long ago. A call without a deadline never is. */
export const isLongOver = (content: Parameters<typeof statusFacts>[0], now: Date): boolean => {
  const { lastDeadlineAt } = statusFacts(content);
  return lastDeadlineAt !== null && lastDeadlineAt.getTime() < now.getTime() - LONG_OVER_DAYS * DAY_MS;
};

/**
 * Returns the status by our own clock. The source's status decides only if it gives no date: portals leave
 * calls "open" long after their last deadline, and a call with several deadlines is open until the last has
 * passed.
 */
export function statusAt(facts: StatusFacts, now: Date): Status {
  if (facts.withdrawnAt) return 'withdrawn';
  if (facts.lastDeadlineAt && facts.lastDeadlineAt <= now) return 'closed';
  // Whatever opening date it names: nobody can apply to a draft.
  if (facts.sourceStatus === 'draft') return 'draft';
  if (facts.opensAt && facts.opensAt > now) return 'forthcoming';
  if (!facts.lastDeadlineAt && facts.sourceStatus === 'closed') return 'closed';
  if (!facts.opensAt && facts.sourceStatus === 'forthcoming') return 'forthcoming';
  return 'open';
}
