/** What calls are looked for by. */
export interface SearchedText {
  /** The ways in which calls may write it, each as a person types it: words, "a phrase", or, -not. */
  forms: string[];
  /**
   * How near calls are to it in meaning, by id, in 0 to 100 points; what has `least` is found without its
   * words.
   */
  near: ReadonlyMap<string, number>;
  least: number;
}

/** A filter as people give it: with words, which are not resolved yet. */
export type Asked<F> = Omit<F, 'q' | 'text'> & { q?: string | undefined };

/** The same with what calls are looked for by in place of the words. */
export type Resolved<T extends { q?: string | undefined }> = Omit<T, 'q'> & { text?: SearchedText };
