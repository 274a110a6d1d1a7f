import type { CompetenceSight } from './profile-sights.js';

/** What is lost where vectors are kept in two bytes a number, in spreads: far less. */
const MARGIN = 1e-4;

/**
 * How near calls may be to a profile's competences by the built-in model, at a glance. Nearly all calls are near to none, and this is asked for every call
 * of every profile: their vectors are taken as they are kept, and no power is raised.
 */
export class Glance {
  /** The vector of the call that is looked at, as it is kept. */
  readonly kept: Float64Array;
  /** Of each competence the vector, in spreads to one step of a kept number, and how near a usual call is. */
  private readonly rows: Float64Array[];
  private readonly usual: number[];

  constructor(competences: readonly CompetenceSight[], dimensions: number, steps: number) {
    const sights = competences.flatMap(({ own }) => own ?? []);
    this.kept = new Float64Array(dimensions);
    this.rows = sights.map(({ unit, spread }) => Float64Array.from(unit, (x) => x / spread / steps));
    this.usual = sights.map(({ mean, spread }) => mean / spread);
  }

  /** Never less than the nearness that `meaningOf` gives, in spreads; minus infinity where no competence is seen. */
  most(): number {
    let greatest = -Infinity;
    for (let i = 0; i < this.rows.length; i += 1) {
      const near = along(this.rows[i]!, this.kept) - this.usual[i]!;
      if (near > greatest) greatest = near;
    }
    return greatest + MARGIN;
  }
}

/** As `dot`, for numbers that need not be made longer at each step. */
function along(row: Float64Array, kept: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = row.length & ~3;
  for (let d = 0; d < whole; d += 4) {
    s0 += row[d]! * kept[d]!;
    s1 += row[d + 1]! * kept[d + 1]!;
    s2 += row[d + 2]! * kept[d + 2]!;
    s3 += row[d + 3]! * kept[d + 3]!;
  }
  for (let d = whole; d < row.length; d += 1) s0 += row[d]! * kept[d]!;
  return s0 + s1 + s2 + s3;
}
