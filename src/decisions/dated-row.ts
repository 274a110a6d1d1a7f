import { type Change, nextDeadlineAt, type Status, statusAt } from '../calls/domain/index.js';
import { type Preferences, type Unmet, unmetPreferences } from '../profiles/domain/index.js';
import type { InboxRow } from './store/inbox.repository.js';

/**
 * A row with what is said of it by the clock; all else is said as long as what it is said of is not written
 * anew.
 */
export interface DatedRow {
  row: InboxRow;
  status: Status;
  nextDeadline: string | null;
  unmet: Unmet[];
  /** How its deadlines moved, where that is news. */
  moves: Change[];
}

/** `moves` by call. */
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
 * All that a row is told by, beside what holds for its whole page: the call and the match by their marks, and
 * of moves their number, since it is the last ones that are news.
 */
export function madeOf({ row, status, nextDeadline, unmet, moves }: DatedRow): unknown[] {
  const { id, rank, score, mark, matchId, matchMark, changed, review } = row;
  const stored = [id, rank, score, mark, matchId, matchMark, changed, review];
  return [...stored, status, nextDeadline, unmet, moves.length];
}
