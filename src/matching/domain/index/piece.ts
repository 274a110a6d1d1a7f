/** A stretch of a French text, with its English translations. */
export interface Piece {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** English translations, the most usual first. */
  english: string[];
  /** The stems of each translation. */
  terms: string[][];
  weight: number;
  /** Whether the terminology contains it; otherwise it is a guess from the form of the word. */
  known: boolean;
}
