/** A stretch of a French text and what it is in English. */
export interface Piece {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** As it may be written in English, the most usual first. */
  english: string[];
  /** The stems of each. */
  terms: string[][];
  weight: number;
  /** Whether the terminology has it; else it is a guess by the looks of the word. */
  known: boolean;
}
