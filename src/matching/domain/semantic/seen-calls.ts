import type { Bag } from './pieces.js';
import { Units } from './units.js';

/** Two bytes per feature weight; the loss of precision is negligible. */
const WEIGHT_STEPS = 1_024;
const GREATEST = 65_535;
const FEATURES = 65_536;

/** Bags stored in a few long arrays: one object per bag would take more memory than its contents. */
class Bags {
  private pages: { ids: Uint16Array; weights: Uint16Array }[] = [];
  /** Start of each bag, counted across all pages, and its length; by number. */
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private end = 0;
  private live = 0;

  set(number: number, { ids, weights }: Bag): void {
    this.live += ids.length - (this.lengths[number] ?? 0);
    const start = this.roomFor(ids.length);
    const page = this.pages[Math.floor(start / FEATURES)];
    page?.ids.set(ids, start % FEATURES);
    page?.weights.set(
      weights.map((w) => Math.min(GREATEST, Math.round(w * WEIGHT_STEPS))),
      start % FEATURES,
    );
    [this.starts[number], this.lengths[number]] = [start, ids.length];
    if (this.end > 2 * this.live + 2 * FEATURES) this.tidy();
  }

  get(number: number): Bag {
    const [start, length] = [this.starts[number] ?? 0, this.lengths[number] ?? 0];
    const page = this.pages[Math.floor(start / FEATURES)];
    const from = start % FEATURES;
    const bag = { ids: new Int32Array(length), weights: new Float32Array(length) };
    for (let k = 0; page && k < length; k += 1) {
      bag.ids[k] = page.ids[from + k]!;
      bag.weights[k] = page.weights[from + k]! / WEIGHT_STEPS;
    }
    return bag;
  }

  /** A bag lies within one page; the unused end of the previous page stays empty. */
  private roomFor(length: number): number {
    if ((this.end % FEATURES) + length > FEATURES) this.end = Math.ceil(this.end / FEATURES) * FEATURES;
    const start = this.end;
    this.end += length;
    while (this.pages.length * FEATURES < this.end)
      this.pages.push({ ids: new Uint16Array(FEATURES), weights: new Uint16Array(FEATURES) });
    return start;
  }

  /** Changed calls leave gaps: once these exceed the live data, everything is rewritten. */
  private tidy(): void {
    const before = this.lengths.map((_, number) => this.get(number));
    [this.pages, this.end, this.live] = [[], 0, 0];
    this.lengths.fill(0);
    before.forEach((bag, number) => this.set(number, bag));
  }
}

/**
 * The matcher's data for each call besides its words, by call number: its vector, the bag it was made from,
 * and its identifier.
 */
export class SeenCalls {
  private readonly bags = new Bags();
  readonly units: Units;
  private readonly identifiers: (string | null)[] = [];

  constructor(dimensions: number) {
    this.units = new Units(dimensions);
  }

  /** Reusing a number replaces the call. */
  set(
    number: number,
    { bag, unit, identifier }: { bag: Bag; unit: Float32Array | null; identifier: string | null },
  ): void {
    this.bags.set(number, bag);
    this.identifiers[number] = identifier;
    this.units.set(number, unit);
  }

  remove(number: number): void {
    this.set(number, {
      bag: { ids: new Int32Array(0), weights: new Float32Array(0) },
      unit: null,
      identifier: null,
    });
  }

  bagOf(number: number): Bag {
    return this.bags.get(number);
  }

  identifierOf(number: number): string | null {
    return this.identifiers[number] ?? null;
  }
}
