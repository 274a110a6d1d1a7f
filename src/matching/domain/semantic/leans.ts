import type { WordVectors } from './word-vectors.js';

/** For so many vectors it is remembered: those of a few profiles. All are let go when there are more. */
const MOST = 24;

/**
 * How much features lie along vectors: of the calls that are near to one competence many hold the same words.
 */
export class Leans {
  private readonly known = new Map<Float32Array, Float64Array>();

  constructor(private readonly vectors: WordVectors) {}

  /** Tells how much a feature of weight 1 lies along that vector. */
  along(vector: Float32Array): (id: number) => number {
    const amounts = this.of(vector);
    return (id) => {
      const amount = amounts[id]!;
      return Number.isNaN(amount) ? (amounts[id] = this.vectors.along(id, vector)) : amount;
    };
  }

  private of(vector: Float32Array): Float64Array {
    let amounts = this.known.get(vector);
    if (!amounts) {
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(vector, (amounts = new Float64Array(this.vectors.features).fill(NaN)));
    }
    return amounts;
  }
}
