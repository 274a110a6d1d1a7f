import type { CompetenceEmbedding } from './profile-embeddings.js';
import { BLOCK, MOST_ROWS, type Row, UNIT_STEPS, type Units } from './units.js';

/** Further losses of precision, in spreads; generous. */
const MARGIN = 1e-3;

/**
 * A fast upper bound for the nearness of calls to a profile's competences by the built-in model. Nearly all
 * calls are far from all of them, and every call of every profile is checked: a block of calls is computed at
 * once, in integers and without exponentials.
 */
export class NearnessBound {
  private readonly rows: Row[];
  private readonly margin: number;
  private readonly near = new Float32Array(BLOCK);
  private block = -1;

  constructor(
    private readonly units: Units,
    competences: readonly CompetenceEmbedding[],
  ) {
    const embeddings = competences.flatMap(({ own }) => own ?? []);
    this.rows = embeddings.map(({ unit, spread, mean }) => ({ unit, spread, usual: mean / spread }));
    // Each number of a row is off by at most half a step, and a call's vector has length 1 (Cauchy-Schwarz).
    this.margin =
      MARGIN +
      Math.max(
        0,
        ...this.rows.map(({ spread }) => (Math.sqrt(units.dimensions) * 0.5) / UNIT_STEPS / spread),
      );
  }

  /**
   * Returns an upper bound of the nearness from `meaningOf`, in spreads; minus infinity if no competence has
   * a vector, or nothing is known of the call.
   */
  most(number: number): number {
    if (this.rows.length === 0) return -Infinity;
    // Too many rows for the kernel: any call may be near.
    if (this.rows.length > MOST_ROWS) return Infinity;
    const block = Math.floor(number / BLOCK);
    if (block !== this.block) this.units.nearest(block, this.rows, this.near);
    this.block = block;
    return this.near[number % BLOCK]! + this.margin;
  }
}
