import type { BesideFields } from '../../calls/domain/parsed-call.js';
import type { CallContent } from '../../calls/domain/call-content.js';
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
  content: Pick<
    CallContent,
    | 'title'
    | 'kind'
    | 'identifier'
    | 'typesOfAction'
    | 'deadlines'
    | 'budget'
    | 'url'
    | 'destination'
    | keyof BesideFields
  >;
}

/** A row with a call, whatever else it has. */
export type HasCall = { call: SheetCall };
