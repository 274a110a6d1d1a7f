/** A resolved search query. */
export interface SearchedText {
  /** The ways calls may phrase it, in search syntax: words, "a phrase", or, -not. */
  forms: string[];
  /**
   * How close calls are to it in meaning, by id, 0 to 100 points; a call with at least `least` is found even
   * without the words.
   */
  near: ReadonlyMap<string, number>;
  least: number;
}

/** A filter as users give it: with words that are not resolved yet. */
export type UnresolvedFilter<F> = Omit<F, 'q' | 'text'> & { q?: string | undefined };

/** The same with the words resolved to a search query. */
export type Resolved<T extends { q?: string | undefined }> = Omit<T, 'q'> & { text?: SearchedText };
