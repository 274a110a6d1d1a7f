import type { SignalName } from '../../signals/plugged-in.js';
import type { Evidence } from '../../scoring/match.js';
import type { FieldKind } from '../../index/fields.js';

/** Everything a reason's sentence is built from. */
export interface ReasonDetails {
  signal: SignalName;
  /** Empty if the signal belongs to no competence. */
  competence: string;
  term: string;
  /** How often it occurs in the call; `atLeast` if not every place was recorded. */
  count: number;
  atLeast: boolean;
  /** The fields it occurs in, most points first. */
  kinds: FieldKind[];
  /** A few words of the call around it; null if there are none to quote. */
  quote: string | null;
  /** In whole numbers, as displayed. */
  points: number;
  contribution: number;
  /** For a type of action: how often the institute takes part in calls of this type. */
  habit: Evidence['habit'];
  /** For a reading: the language model's answer. */
  reading: Evidence['reading'];
}
