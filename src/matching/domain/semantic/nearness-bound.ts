import type { CompetenceEmbedding } from './profile-embeddings.js';
import { BLOCK, MOST_ROWS, UNIT_STEPS, type Row, type Units } from './units.js';

/** What is lost beside the numbers of a row, in spreads: far less. */
const MARGIN = 1e-3;

/**
 * How near calls may be to a profile's competences by the built-in model, at a glance. Nearly all calls are
 * near to none, and this is asked for every call of every profile: a block of them is looked at in one go, in
 * whole numbers, and no power is raised.
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
    // Each number of a row is wrong by half a step at the most, and a call's vector is of length 1 (Cauchy
    // and Schwarz).
    this.margin =
      MARGIN +
      Math.max(
        0,
        ...this.rows.map(({ spread }) => (Math.sqrt(units.dimensions) * 0.5) / UNIT_STEPS / spread),
      );
  }

  /**
   * Never less than the nearness that `meaningOf` gives, in spreads; minus infinity where no competence is
   * seen, or nothing is known of the call.
   */
  most(number: number): number {
    if (this.rows.length === 0) return -Infinity;
    // More than can be looked at at once: each call may be near.
    if (this.rows.length > MOST_ROWS) return Infinity;
    const block = Math.floor(number / BLOCK);
    if (block !== this.block) this.units.nearest(block, this.rows, this.near);
    this.block = block;
    return this.near[number % BLOCK]! + this.margin;
  }
}
