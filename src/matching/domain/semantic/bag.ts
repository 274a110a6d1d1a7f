/** What a text is made of, in the numbers of a model: each feature once, with its weight. */
export interface Bag {
  ids: Int32Array;
  weights: Float32Array;
}

/**
 * A part of a text: its English stems (or the marks of a programme), each with what one occurrence counts.
 */
export interface Piece {
  features: Iterable<{ feature: string; weight: number }>;
  weight: number;
}

/** What numbers the features and says how much one of them tells. */
export interface FeatureSpace {
  idOf(feature: string): number | undefined;
  /** A word's inverse document frequency; 1 or so for a mark. */
  weightOf(id: number): number;
}

/**
 * One more occurrence of a word adds ever less; a single one in the body of a text adds less than one in the
 * title.
 */
const damped = (count: number): number => (count <= 1 ? count : 1 + Math.log(count));

/** Puts pieces together: a feature outside the space is left out. */
export function bagOf(pieces: readonly Piece[], space: FeatureSpace): Bag {
  const counts = new Map<number, number>();
  for (const { features, weight } of pieces) {
    for (const one of features) {
      const id = space.idOf(one.feature);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + weight * one.weight);
    }
  }
  return {
    ids: Int32Array.from(counts.keys()),
    weights: Float32Array.from(counts, ([id, count]) => damped(count) * space.weightOf(id)),
  };
}
