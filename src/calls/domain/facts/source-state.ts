/** Why a source cannot currently be read. */
export const SOURCE_TROUBLES = [
  'doubtful',
  'broken',
  'blocked',
  'refused',
  'throttled',
  'unreachable',
] as const;
export type SourceTrouble = (typeof SOURCE_TROUBLES)[number];

export interface SourceAge {
  name: string;
  lastGoodRunAt: Date | null;
  state: SourceTrouble | 'new' | 'healthy' | 'quiet';
}
