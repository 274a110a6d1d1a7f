import type { Summary } from '../../calls/domain/call-content.js';
import type { StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import type { StatusFacts } from '../../calls/domain/status.js';

/** A call as tables show it: everything but its text. */
export interface SheetCall extends StatusFacts {
  id: string;
  version: number;
  firstSeenAt: Date;
  programme: string | null;
  /** What the total in its budget covers. */
  total: StatedTotal;
  content: Summary;
}

/** A row with a call, whatever else it has. */
export type HasCall = { call: SheetCall };
