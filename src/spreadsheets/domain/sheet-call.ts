import type { BesideFields, CallContent, StatedTotal, StatusFacts } from '../../calls/domain/index.js';

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
