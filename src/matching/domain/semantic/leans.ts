import type { WordVectors } from './word-vectors.js';

/** Cached vectors: those of a few profiles. The cache is cleared when it is full. */
const MOST = 24;

/** Caches the components of features along vectors: many calls near one competence share the same words. */
export class Leans {
  private readonly known = new Map<Float32Array, Float64Array>();

  constructor(private readonly vectors: WordVectors) {}

  /** Returns a function for the component of a feature of weight 1 along that vector. */
  along(vector: Float32Array): (id: number) => number {
    const amounts = this.forVector(vector);
    return (id) => {
      const amount = amounts[id]!;
      return Number.isNaN(amount) ? (amounts[id] = this.vectors.along(id, vector)) : amount;
    };
  }

  private forVector(vector: Float32Array): Float64Array {
    let amounts = this.known.get(vector);
    if (!amounts) {
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(vector, (amounts = new Float64Array(this.vectors.features).fill(NaN)));
    }
    return amounts;
  }
}
