import type { CallContent } from './call-content.js';
import { DAY_MS } from '../../kernel/durations.js';

/** What a source can say of its call. */
export const SOURCE_STATUSES = ['forthcoming', 'open', 'closed'] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/**
 * What people are shown: `withdrawn` is our own finding, when its sources ceased to show it well before its
 * deadline.
 */
export const STATUSES = [...SOURCE_STATUSES, 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

/** What the status depends on, as it also stands in the database's columns. */
export interface StatusFacts {
  opensAt: Date | null;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
  withdrawnAt?: Date | null;
}

/** The facts of a call that its status depends on. */
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

/**
 * Portals keep "open" on calls of years ago: one that is seen for the first time so long after its end is no
 * news.
 */
const LONG_OVER_DAYS = 30;

/** Whether a call's last deadline passed long ago. One without a deadline is never over by it. */
export const isLongOver = (content: Parameters<typeof statusFacts>[0], now: Date): boolean => {
  const { lastDeadlineAt } = statusFacts(content);
  return lastDeadlineAt !== null && lastDeadlineAt.getTime() < now.getTime() - LONG_OVER_DAYS * DAY_MS;
};

/**
 * The status by our own clock. The source's word decides only where it gives no date: portals keep "open" on
 * calls long after their last deadline, and a call of several deadlines is open until the last of them has
 * passed.
 */
export function statusAt(facts: StatusFacts, now: Date): Status {
  if (facts.withdrawnAt) return 'withdrawn';
  if (facts.lastDeadlineAt && facts.lastDeadlineAt <= now) return 'closed';
  if (facts.opensAt && facts.opensAt > now) return 'forthcoming';
  if (!facts.lastDeadlineAt && facts.sourceStatus === 'closed') return 'closed';
  if (!facts.opensAt && facts.sourceStatus === 'forthcoming') return 'forthcoming';
  return 'open';
}
