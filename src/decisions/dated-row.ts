import type { Change } from '../calls/domain/versions/diff.js';
import { nextDeadlineAt } from '../calls/domain/facts/deadline.js';
import { type Status, statusAt } from '../calls/domain/status.js';
import { type Preferences, type Unmet, unmetPreferences } from '../profiles/domain/preferences.js';
import type { InboxRow } from './store/inbox.repository.js';

/**
 * A row with everything that depends on the current time; the rest stays valid until a row it comes from is
 * rewritten.
 */
export interface DatedRow {
  row: InboxRow;
  status: Status;
  nextDeadline: string | null;
  unmet: Unmet[];
  /** How its deadlines moved, if that is news. */
  moves: Change[];
}

/** `moves` is keyed by call. */
export const datedRow = (
  row: InboxRow,
  now: Date,
  { preferences, moves }: { preferences: Preferences | undefined; moves: Map<string, Change[]> },
): DatedRow => ({
  row,
  status: statusAt(row.call, now),
  nextDeadline: nextDeadlineAt(row.call.content.deadlines, now),
  unmet: unmetPreferences(preferences, row.call.content, now),
  moves: moves.get(row.call.id) ?? [],
});

/**
 * Returns everything that determines a row, apart from page-wide data: the call and the match by their marks,
 * and moves by their number, since only the latest are news.
 */
export function madeOf({ row, status, nextDeadline, unmet, moves }: DatedRow): unknown[] {
  const { id, score, mark, matchId, matchMark, changed, review } = row;
  const stored = [id, score, mark, matchId, matchMark, changed, review];
  return [...stored, status, nextDeadline, unmet, moves.length];
}
