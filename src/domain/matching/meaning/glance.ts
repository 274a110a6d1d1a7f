import type { CompetenceSight } from './profile-sights.js';

/** What is lost where vectors are kept in two bytes a number, in spreads: far less. */
const MARGIN = 1e-4;

const even = (n: number): number => n + (n % 2);

/**
 * How near calls may be to a profile's competences by the built-in model, at a glance. Nearly all calls are near to none, and this is asked for every call
 * of every profile: their vectors are taken as they are kept, and no power is raised.
 */
export class Glance {
  /** The vector of the call that is looked at, as it is kept. */
  readonly kept: Float64Array;
  private readonly width: number;
  /** A row for each competence, in spreads to one step of a kept number; how far a usual call is; how far this one. */
  private readonly rows: Float64Array;
  private readonly usual: Float64Array;
  private readonly near: Float64Array;

  constructor(competences: readonly CompetenceSight[], dimensions: number, steps: number) {
    const sights = competences.flatMap(({ own }) => own ?? []);
    this.width = even(dimensions);
    this.kept = new Float64Array(this.width);
    this.rows = new Float64Array(even(sights.length) * this.width);
    this.usual = Float64Array.from(sights, ({ mean, spread }) => mean / spread);
    this.near = new Float64Array(even(sights.length));
    sights.forEach(({ unit, spread }, i) => unit.forEach((x, d) => { this.rows[i * this.width + d] = x / spread / steps; }));
  }

  /** Never less than the nearness that `meaningOf` gives, in spreads; minus infinity where no competence is seen. */
  most(): number {
    const { usual, near } = this;
    let greatest = -Infinity;
    for (let i = 0; i < usual.length; i += 2) this.reckon(i);
    for (let i = 0; i < usual.length; i += 1) greatest = Math.max(greatest, near[i]! - usual[i]!);
    return greatest + MARGIN;
  }

  /** Competence i and the next one at once, since to fetch the numbers takes longer than to reckon. */
  private reckon(i: number): void {
    const { rows, width, kept, near } = this;
    const [one, other] = [i * width, (i + 1) * width];
    let [s0, s1, t0, t1] = [0, 0, 0, 0];
    for (let d = 0; d < width; d += 2) {
      const [a, b] = [kept[d]!, kept[d + 1]!];
      s0 += rows[one + d]! * a;
      s1 += rows[one + d + 1]! * b;
      t0 += rows[other + d]! * a;
      t1 += rows[other + d + 1]! * b;
    }
    near[i] = s0 + s1;
    near[i + 1] = t0 + t1;
  }
}
