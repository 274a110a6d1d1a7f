import type { Background } from './word-vectors.js';

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
