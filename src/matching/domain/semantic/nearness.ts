import type { Background } from './word-vectors.js';
import type { PassagePlace } from '../embedding/texts.js';
import { unitVector } from '../../../kernel/unit-vector.js';

/**
 * The unit of a nearness in spreads. From about one spread above the usual it grows linearly; below, it falls
 * towards 0 without reaching it, so that no two calls tie.
 */
const [FROM, STEEPNESS] = [1, 1.5];
export const nearnessUnit = (spreads: number): number =>
  Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/**
 * The weight of the whole of a profile's vocabulary, relative to a unit of nearness: vectors blur
 * distinctions that the exact words preserve.
 */
const SHARED = 1;
/** Returns the meaning unit of a call: its nearness, and its share of the profile's vocabulary. */
export const meaningUnit = (near: number, shared: number): number => nearnessUnit(near) + SHARED * shared;

/**
 * Four independent sums, because each addition would otherwise wait for the one before. They are not in an
 * array, which would allocate an object per number.
 */
export function dot(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length & ~3;
  for (let d = 0; d < whole; d += 4) {
    s0 += a[d]! * b[d]!;
    s1 += a[d + 1]! * b[d + 1]!;
    s2 += a[d + 2]! * b[d + 2]!;
    s3 += a[d + 3]! * b[d + 3]!;
  }
  for (let d = whole; d < a.length; d += 1) s0 += a[d]! * b[d]!;
  return s0 + s1 + s2 + s3;
}

/** A reference vector, with the mean and spread of its similarity to calls. */
export interface WeightedEmbedding {
  unit: Float32Array;
  mean: number;
  spread: number;
}

/** A minimal spread (of a model with few words) must not blow up small differences. */
const LEAST_SPREAD = 0.02;

/**
 * Returns the embedding of a vector of length 1. The usual similarity comes from the model's background, so
 * it does not depend on the known calls.
 */
export function embeddingFrom(unit: Float32Array, { mean, covariance }: Background): WeightedEmbedding {
  const dim = unit.length;
  let variance = 0;
  for (let a = 0; a < dim; a += 1)
    for (let b = 0; b < dim; b += 1) variance += unit[a]! * unit[b]! * covariance[a * dim + b]!;
  return { unit, mean: dot(unit, mean), spread: Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, variance))) };
}

/** Returns by how many spreads a call is nearer than usual: 0 is usual, 2 is about one in forty. */
export const nearness = ({ unit, mean, spread }: WeightedEmbedding, call: Float32Array): number =>
  (dot(unit, call) - mean) / spread;

/**
 * Returns log of the weighted mean of e^(sharpness × x), over sharpness: a smooth maximum. Values of minus
 * infinity are ignored. No arrays are allocated: this runs for every call of every profile.
 */
export function softGreatest(values: Float64Array, weights: Float64Array, sharpness: number): number {
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i += 1) if (values[i]! > greatest) greatest = values[i]!;
  if (greatest === -Infinity) return greatest;
  let sum = 0;
  let all = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === -Infinity) continue;
    sum += weights[i]! * Math.exp(sharpness * (values[i]! - greatest));
    all += weights[i]!;
  }
  return greatest + Math.log(sum / all) / sharpness;
}

/** Returns the mean and the covariance of vectors of equal length. */
export function backgroundOf(vectors: readonly Float32Array[], dim: number): Background {
  const mean = new Float32Array(dim);
  for (const v of vectors)
    v.forEach((x, d) => {
      mean[d]! += x / vectors.length;
    });
  const covariance = new Float32Array(dim * dim);
  for (const v of vectors) {
    for (let a = 0; a < dim; a += 1)
      for (let b = 0; b < dim; b += 1)
        covariance[a * dim + b]! += ((v[a]! - mean[a]!) * (v[b]! - mean[b]!)) / vectors.length;
  }
  return { mean, covariance };
}

/** Returns the share of each value in `softGreatest`. */
export function sharesOf(values: readonly number[], weights: readonly number[], sharpness: number): number[] {
  const greatest = Math.max(...values);
  const powers = values.map((v, i) => (weights[i] ?? 0) * Math.exp(sharpness * (v - greatest)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** A vector of length 1, two bytes per number: there are many calls, with several vectors each. */
type Packed = Int16Array;
const STEPS = 32_767;
const pack = (unit: Float32Array): Packed => Int16Array.from(unit, (x) => Math.round(x * STEPS));
const near = (unit: Float32Array, packed: Packed): number => {
  let sum = 0;
  for (let d = 0; d < unit.length; d += 1) sum += unit[d]! * packed[d]!;
  return sum / STEPS;
};

/** A call as embedded by an external model: as a whole, and passage by passage. */
export interface ExternalCallVector {
  whole: Packed;
  passages: (PassagePlace & { vector: Packed })[];
}

/** With fewer calls, the usual similarity cannot be determined. */
const LEAST_CALLS = 50;
/** Calls used to measure the usual similarity; measured again when there are a tenth more calls. */
const MEASURED = 500;
const RENEW_AT = 1.1;
/** External models find most texts similar, so their spreads are small. */
const LEAST_EXTERNAL_SPREAD = 0.002;

/**
 * The calls as embedded by an external model. Nearness is measured in spreads of the usual similarity, so
 * that it can replace the nearness of the built-in model.
 */
export class ExternalCallVectors {
  private readonly calls = new Map<string, ExternalCallVector>();
  private usual: { of: number; calls: ExternalCallVector[] } = { of: 0, calls: [] };
  private embeddings = new WeakMap<Float32Array, WeightedEmbedding>();

  /** Stores a call. The vectors, one per passage, must have length 1 and the same dimensions. */
  put(id: string, passages: readonly (PassagePlace & { unit: Float32Array })[]): void {
    const sum = new Float32Array(passages[0]!.unit.length);
    for (const { unit } of passages)
      unit.forEach((x, d) => {
        sum[d]! += x;
      });
    // Opposite passages may cancel out: then the first one represents the call.
    const whole = unitVector(sum) ?? passages[0]!.unit;
    this.calls.set(id, {
      whole: pack(whole),
      passages: passages.map(({ field, start, end, unit }) => ({ field, start, end, vector: pack(unit) })),
    });
  }

  remove(id: string): void {
    this.calls.delete(id);
  }

  /** Clears everything, for the vectors of another model. */
  clear(): void {
    this.calls.clear();
    this.renew();
  }

  get(id: string): ExternalCallVector | undefined {
    return this.calls.get(id);
  }

  /** Returns the embedding of a competence's vector; null while the usual similarity is unknown. */
  embeddingFrom(unit: Float32Array): WeightedEmbedding | null {
    if (this.calls.size < LEAST_CALLS) return null;
    if (this.calls.size >= this.usual.of * RENEW_AT) this.renew();
    let embedding = this.embeddings.get(unit);
    if (!embedding) this.embeddings.set(unit, (embedding = this.measured(unit)));
    return embedding;
  }

  private measured(unit: Float32Array): WeightedEmbedding {
    const all = this.usual.calls.map((call) => near(unit, call.whole));
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length;
    return { unit, mean, spread: Math.max(LEAST_EXTERNAL_SPREAD, Math.sqrt(variance)) };
  }

  /** Samples every n-th call, in insertion order. */
  private renew(): void {
    const all = [...this.calls.values()];
    const step = Math.max(1, all.length / MEASURED);
    this.usual = {
      of: all.length,
      calls: Array.from({ length: Math.min(MEASURED, all.length) }, (_, i) => all[Math.floor(i * step)]!),
    };
    this.embeddings = new WeakMap();
  }
}

/** Returns by how many spreads a call is nearer than usual. */
export const externalNearness = (
  { unit, mean, spread }: WeightedEmbedding,
  call: ExternalCallVector,
): number => (near(unit, call.whole) - mean) / spread;

export function nearestPassage({ unit }: WeightedEmbedding, { passages }: ExternalCallVector): PassagePlace {
  return passages
    .map((passage) => ({ passage, near: near(unit, passage.vector) }))
    .reduce((a, b) => (b.near > a.near ? b : a)).passage;
}
