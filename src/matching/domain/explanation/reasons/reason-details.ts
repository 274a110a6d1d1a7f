import type { SignalName } from '../../signals/signal-name.js';
import type { Evidence } from '../../scoring/match.js';
import type { FieldKind } from '../../index/fields.js';

/** What one sentence tells: everything that a reason is made of but its words. */
export interface ReasonDetails {
  signal: SignalName;
  /** Empty where the signal is no competence's. */
  competence: string;
  term: string;
  /** How often it stands in the call; `atLeast` where not every place was noted. */
  count: number;
  atLeast: boolean;
  /** Where it stands, what brings most first. */
  kinds: FieldKind[];
  /** A few words of the call around it; null where there are none to quote. */
  quote: string | null;
  /** In whole numbers, as they are shown. */
  points: number;
  contribution: number;
  /** Of a type of action: how often the institute takes part in such. */
  habit: Evidence['habit'];
  /** Of a reading: what the language model said. */
  reading: Evidence['reading'];
}
