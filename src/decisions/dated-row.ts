import type { Change } from '../calls/domain/versions/diff.js';
import { nextDeadlineAt } from '../calls/domain/facts/deadline.js';
import { type Status, statusAt } from '../calls/domain/status.js';
import { type Preferences, type Unmet, unmetPreferences } from '../profiles/domain/preferences.js';
import type { InboxRow } from './store/inbox.repository.js';

/** A row with everything that depends on the current time. */
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
