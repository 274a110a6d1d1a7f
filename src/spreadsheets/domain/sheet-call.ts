import type { BesideFields, CallContent, StatedTotal, StatusFacts } from '../../calls/domain/index.js';

/** A call as tables show it: all but its text. */
export interface SheetCall extends StatusFacts {
  id: string;
  version: number;
  firstSeenAt: Date;
  programme: string | null;
  /** Whose the total is that its budget states. */
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

/** A line that tells of a call, whatever else it tells. */
export type HasCall = { call: SheetCall };
