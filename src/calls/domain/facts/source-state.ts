/** Why a source cannot be read at present. */
export type SourceTrouble = 'doubtful' | 'broken' | 'blocked' | 'refused' | 'throttled' | 'unreachable';
export interface SourceAge {
  name: string;
  lastGoodRunAt: Date | null;
  state: SourceTrouble | 'new' | 'healthy' | 'quiet';
}
