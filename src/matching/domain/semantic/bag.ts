/** The features of a text, by a model's numbers: each feature once, with its weight. */
export interface Bag {
  ids: Int32Array;
  weights: Float32Array;
}

/** A part of a text: its English stems (or programme marks), with the weight of one occurrence. */
export interface Piece {
  features: Iterable<{ feature: string; weight: number }>;
  weight: number;
}

/** Numbers the features and weights them by how distinctive they are. */
export interface FeatureSpace {
  idOf(feature: string): number | undefined;
  /** A word's inverse document frequency; about 1 for a mark. */
  weightOf(id: number): number;
}

/** Each further occurrence adds less; a single one in the text adds less than one in the title. */
const damped = (count: number): number => (count <= 1 ? count : 1 + Math.log(count));

/** Combines pieces; features outside the space are left out. */
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
