import type { Bag } from './pieces.js';

/**
 * Computes, for each of many vectors, the greatest dot product with a few others, eight numbers at a time:
 * what takes JavaScript a second and a half at 50,000 calls and 42 profiles takes a fifth of a second. The
 * source is near-kernel.wat; these are the bytes WABT compiles it to, and a test checks that the two agree.
 */
export const KERNEL =
  'AGFzbQEAAAABCwFgB39/f39/f38AAhABBGtlcHQGbWVtb3J5AgABAwIBAAcMAQhncmVhdGVzdAAACtcBAdQBAwV/An0BeyAGIAFBAnRqIQcgAyAEIAJsaiEIA0BDAACA/yEMIAMhCSAFIQoDQP0MAAAAAAAAAAAAAAAAAAAAACEOQQAhCwNAIA4gACALav0ABAAgCSALav0ABAD9ugH9rgEhDiALQRBqIQsgCyACSQ0ACyAO/RsAIA79GwFqIA79GwIgDv0bA2pqsiAKKgIAlCAKKgIEkyENIAwgDZchDCAKQQhqIQogCSACaiEJIAkgCEkNAAsgBiAMOAIAIAAgAmohACAGQQRqIQYgBiAHSQ0ACws=';

/** The kernel's parameters, in bytes of its memory except `count` and `rows`: see near-kernel.wat. */
type Greatest = (
  unit: number,
  count: number,
  stride: number,
  row: number,
  rows: number,
  scale: number,
  out: number,
) => void;

const compiled = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));

/** Instantiates the kernel on a memory. */
const greatestIn = (memory: WebAssembly.Memory): Greatest =>
  new WebAssembly.Instance(compiled, { kept: { memory } }).exports['greatest'] as Greatest;

/** Two bytes per number of a vector of length 1; the loss of precision is negligible. */
export const UNIT_STEPS = 32_767;
/** Vectors processed at once. */
export const BLOCK = 1_024;
/** Maximum number of reference vectors at once. */
export const MOST_ROWS = 64;
const PAGE = 65_536;
/** Numbers the kernel processes at a time. */
const AT_ONCE = 8;

/** A reference vector; nearness is `product / spread - usual`. */
export interface Row {
  unit: Float32Array;
  spread: number;
  usual: number;
}

const pagesFor = (bytes: number): number => Math.ceil(bytes / PAGE);
const steps = (x: number): number => Math.round(x * UNIT_STEPS);
/** Returns a vector as `readVector` would after storing it. */
export const asStored = (unit: Float32Array): Float32Array => unit.map((x) => steps(x) / UNIT_STEPS);

/** Vectors of length 1 by number, in a memory where many can be compared with a few at once. */
export class Units {
  private readonly stride: number;
  /** Memory layout: the rows, their scales, the output, then the vectors. */
  private readonly at: { scales: number; out: number; units: number };
  private readonly memory: WebAssembly.Memory;
  private readonly greatest: Greatest;
  private readonly known: boolean[] = [];
  private numbers: Int16Array;

  constructor(readonly dimensions: number) {
    this.stride = 2 * AT_ONCE * Math.ceil(dimensions / AT_ONCE);
    const [scales, out] = [MOST_ROWS * this.stride, MOST_ROWS * (this.stride + 8)];
    this.at = { scales, out, units: PAGE * pagesFor(out + 4 * BLOCK) };
    this.memory = new WebAssembly.Memory({ initial: pagesFor(this.at.units) });
    this.greatest = greatestIn(this.memory);
    this.numbers = new Int16Array(this.memory.buffer);
  }

  /** Stores or removes a vector; reusing a number replaces it. */
  set(number: number, unit: Float32Array | null): void {
    this.known[number] = unit !== null;
    const missing = pagesFor(this.blockAt(Math.floor(number / BLOCK) + 1) - this.memory.buffer.byteLength);
    if (missing > 0) {
      this.memory.grow(missing);
      this.numbers = new Int16Array(this.memory.buffer);
    }
    if (unit) this.numbers.set(unit.map(steps), this.begin(number));
  }

  /** Writes the vector into the given array and returns it; null if there is none. */
  readVector(number: number, into: Float32Array): Float32Array | null {
    if (!this.known[number]) return null;
    const from = this.begin(number);
    for (let d = 0; d < into.length; d += 1) into[d] = this.numbers[from + d]! / UNIT_STEPS;
    return into;
  }

  /** Writes how near each vector of a block is to the nearest row; minus infinity if there is no vector. */
  nearest(block: number, rows: readonly Row[], into: Float32Array): void {
    const scales = new Float32Array(this.memory.buffer, this.at.scales, 2 * rows.length);
    rows.forEach(({ unit, spread, usual }, r) => {
      this.numbers.set(unit.map(steps), (r * this.stride) / 2);
      scales.set([1 / spread / UNIT_STEPS / UNIT_STEPS, usual], 2 * r);
    });
    const count = Math.min(BLOCK, this.known.length - block * BLOCK);
    this.greatest(this.blockAt(block), count, this.stride, 0, rows.length, this.at.scales, this.at.out);
    into.set(new Float32Array(this.memory.buffer, this.at.out, count));
    for (let i = 0; i < count; i += 1) if (!this.known[block * BLOCK + i]) into[i] = -Infinity;
  }

  /** Returns the offset of a block, in bytes. */
  private blockAt(block: number): number {
    return this.at.units + block * BLOCK * this.stride;
  }

  /** Returns the offset of a vector, in numbers. */
  private begin(number: number): number {
    return (this.at.units + number * this.stride) / 2;
  }
}

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
