import type { Bag } from './bag.js';
import { Units } from './units.js';

/** Two bytes for the weight of a feature: what is lost is seen nowhere. */
const WEIGHT_STEPS = 1_024;
const GREATEST = 65_535;
/** So many features of bags lie in one array. */
const FEATURES = 65_536;

/** Bags in a few long arrays: an object for each would take more room than what it holds. */
class Bags {
  private pages: { ids: Uint16Array; weights: Uint16Array }[] = [];
  /** Where each bag begins, counted over all pages, and how long it is; by number. */
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

  /** A bag lies in one page; what is left of the page before stays empty. */
  private roomFor(length: number): number {
    if ((this.end % FEATURES) + length > FEATURES) this.end = Math.ceil(this.end / FEATURES) * FEATURES;
    const start = this.end;
    this.end += length;
    while (this.pages.length * FEATURES < this.end)
      this.pages.push({ ids: new Uint16Array(FEATURES), weights: new Uint16Array(FEATURES) });
    return start;
  }

  /** Calls that changed leave holes: when they are more than what is held, all is written anew. */
  private tidy(): void {
    const before = this.lengths.map((_, number) => this.get(number));
    [this.pages, this.end, this.live] = [[], 0, 0];
    this.lengths.fill(0);
    before.forEach((bag, number) => this.set(number, bag));
  }
}

/**
 * What the matcher keeps of each call beside its words, by the call's number: what it means, of what that is
 * made, and its identifier.
 */
export class SeenCalls {
  private readonly bags = new Bags();
  readonly units: Units;
  private readonly identifiers: (string | null)[] = [];

  constructor(dimensions: number) {
    this.units = new Units(dimensions);
  }

  /** A number that is given again is another call. */
  set(
    number: number,
    { bag, unit, identifier }: { bag: Bag; unit: Float32Array | null; identifier: string | null },
  ): void {
    this.bags.set(number, bag);
    this.identifiers[number] = identifier;
    this.units.set(number, unit);
  }

  bagOf(number: number): Bag {
    return this.bags.get(number);
  }

  identifierOf(number: number): string | null {
    return this.identifiers[number] ?? null;
  }
}
