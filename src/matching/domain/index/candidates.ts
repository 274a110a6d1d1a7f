import type { Bag } from '../semantic/pieces.js';
import { pointsOf, rawOf } from '../explanation/evidence.js';
import type { SignalWeights } from '../signals/signal-set.js';
import {
  type CompetenceScore,
  type Evidence,
  type Exclusion,
  type MatchScore,
  type WordUnits,
} from '../scoring/match.js';
import { fitOf } from '../scoring/addressed.js';
import type { MatchingSettings } from '../scoring/settings.js';
import { type CompetenceEmbedding, meaningUnit, nearnessOf } from '../semantic/profile-embeddings.js';
import type { Collection } from './collection.js';
import { noPosting, NUMBER_SHIFT, type Posting } from './postings.js';
import { type CompetenceQuery, finds, type FoundTerm } from '../scoring/query.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { Whereabouts } from './cached-term.js';

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
const UNIT_STEPS = 32_767;
/** Vectors processed at once. */
export const BLOCK = 1_024;
/** Maximum number of reference vectors at once. */
export const MOST_ROWS = 64;
const PAGE = 65_536;
/** Numbers the kernel processes at a time. */
const AT_ONCE = 8;

/** A reference vector; nearness is `product / spread - usual`. */
interface Row {
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

/** A call that contains no word of the profile needs at least this many points. */
const LEAST_POINTS = 15;

/** Whether a match is kept; the same limit applies if some competences are excluded. */
export const isKept = (match: MatchScore): boolean =>
  fitOf(match) >= LEAST_POINTS || match.evidence.some((e) => (e.signal ?? 'words') === 'words');

/** Converts sums into points. */
export interface Scale {
  settings: MatchingSettings;
  weights: SignalWeights;
}

export function scored(summands: Float64Array | readonly number[], { settings, weights }: Scale): number {
  let raw = 0;
  for (let k = 0; k < summands.length; k += 1) raw += summands[k]!;
  return raw === 0 ? 0 : pointsOf(raw, { saturation: settings.saturation, steepness: weights.steepness });
}

/** Returns the sum that gives this many points, rounded down slightly so that it is never too high. */
const leastSum = (points: number, { settings, weights }: Scale): number =>
  rawOf(points, { saturation: settings.saturation, steepness: weights.steepness }) * (1 - 1e-9);

/** Returns the score of each competence, including the excluded ones. */
export function competencesOf(
  evidence: Evidence[],
  lexical: MatchScore | null,
  exclusions: Exclusion[],
): CompetenceScore[] {
  const sums = new Map<string, number>();
  for (const { competence, contribution } of evidence)
    if (competence) sums.set(competence, (sums.get(competence) ?? 0) + contribution);
  const out = new Map(exclusions.map(({ competence, ...excludedBy }) => [competence, excludedBy]));
  const labels = new Set([
    ...sums.keys(),
    ...(lexical?.competences ?? []).map((c) => c.competence),
    ...out.keys(),
  ]);
  return [...labels]
    .map((competence) => ({
      competence,
      score: sums.get(competence) ?? 0,
      excludedBy: out.get(competence) ?? null,
    }))
    .sort((a, b) => b.score - a.score);
}

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

/** Pruning does not pay for this few calls. */
const FEW = 20;

/** The weights of a unit of words and a unit of meaning. */
interface BoundedScale extends Scale {
  words: number;
  meaning: number;
}

/** Decides which calls are worth scoring for a profile, and how many points they need. */
export class CandidatePruning {
  /**
   * The minimum sum for a call that contains a phrase of the profile, and for one that does not; the minimum
   * nearness of a call that contains no word of it.
   */
  private readonly sum: number;
  private readonly sumWithout: number;
  private readonly near: number;
  /** Null if other signals than words and the built-in model contribute: then every call is scored. */
  private readonly nearnessBound: NearnessBound | null;

  /**
   * `competences`: null if anything but words and the built-in model may give points; `calls`: the number of
   * calls to check.
   */
  constructor(
    seen: SeenCalls,
    competences: readonly CompetenceEmbedding[] | null,
    private readonly scale: BoundedScale,
    private readonly floor: number,
    calls: number,
  ) {
    this.nearnessBound = competences && calls > FEW ? new NearnessBound(seen.units, competences) : null;
    this.sum = leastSum(floor, scale);
    this.sumWithout = leastSum(this.least(0), scale);
    this.near = nearnessOf(this.sumWithout / scale.meaning);
  }

  /** Returns the points a call needs; `words`: the points from the profile's words. */
  least(words: number): number {
    return words > 0 ? this.floor : Math.max(this.floor, LEAST_POINTS);
  }

  /** Whether a call may reach them; never false for a call that does. */
  mayHaveThem(number: number, { raw, shared }: WordUnits): boolean {
    const {
      nearnessBound,
      scale: { words, meaning },
    } = this;
    if (!nearnessBound) return true;
    const near = nearnessBound.most(number);
    if (raw === 0 && shared === 0) return near >= this.near;
    return raw * words + meaningUnit(near, shared) * meaning >= (raw > 0 ? this.sum : this.sumWithout);
  }
}

function eachNumber({ entries, length }: Posting, tell: (number: number) => void): void {
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const number = entries[i]! >>> NUMBER_SHIFT;
    if (number !== last) tell(number);
    last = number;
  }
}

function eachCall(
  { singles, hits }: Whereabouts,
  collection: Collection,
  tell: (number: number) => void,
): void {
  for (const stem of singles) eachNumber(collection.posting(stem) ?? noPosting, tell);
  for (let i = 0; i < hits.length; i += 1)
    if (hits.numbers[i] !== hits.numbers[i - 1]) tell(hits.numbers[i]!);
}

/** Returns the calls that contain enough of the label's words for the label to count as found. */
function holdingLabel({ terms, labelWordsNeeded }: CompetenceQuery, collection: Collection): number[] {
  if (labelWordsNeeded === Infinity) return [];
  const counts = new Map<number, number>();
  for (const stem of terms.labelStems) {
    eachNumber(collection.posting(collection.stemOf(stem) ?? -1) ?? noPosting, (n) =>
      counts.set(n, (counts.get(n) ?? 0) + 1),
    );
  }
  return [...counts].filter(([, count]) => count >= labelWordsNeeded).map(([n]) => n);
}

/**
 * Marks with 1 the calls that contain a keyword or the label of a competence and no exclusion; returns their
 * numbers, ascending.
 */
export function* chooseCalls(
  competence: CompetenceQuery,
  found: FoundTerm[],
  collection: Collection,
  marks: Uint8Array,
  allowed?: Uint8Array,
): Steps<Int32Array> {
  const chosen: number[] = [];
  const choose = (number: number): void => {
    if (marks[number] !== 0 || allowed?.[number] === 0) return;
    marks[number] = 1;
    chosen.push(number);
  };
  for (const term of found) if (finds(term.term)) eachCall(term.where, collection, choose);
  yield;
  holdingLabel(competence, collection).forEach(choose);
  for (const { where } of competence.exclusions())
    eachCall(where, collection, (number) => {
      marks[number] = 0;
    });
  yield;
  return Int32Array.from(chosen)
    .filter((number) => marks[number] === 1)
    .sort();
}
