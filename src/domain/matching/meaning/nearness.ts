import type { Background } from './word-vectors.js';

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) sum += a[d]! * b[d]!;
  return sum;
}

/** A vector to which calls are held, with what calls have of it on average and by how much that spreads. */
export interface Sight {
  unit: Float32Array;
  mean: number;
  spread: number;
}

/** A spread that is hardly there (a model of a few words) must not make giants of small differences. */
const LEAST_SPREAD = 0.02;

/** Looks from a vector of length 1: what similarity is usual there comes from the model's background, the same for whatever calls are known. */
export function sightFrom(unit: Float32Array, { mean, covariance }: Background): Sight {
  const dim = unit.length;
  let variance = 0;
  for (let a = 0; a < dim; a += 1) for (let b = 0; b < dim; b += 1) variance += unit[a]! * unit[b]! * covariance[a * dim + b]!;
  return { unit, mean: dot(unit, mean), spread: Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, variance))) };
}

/** By how many spreads a call is nearer than calls usually are: 0 for a usual one, 2 for one in forty or so. */
export const nearness = ({ unit, mean, spread }: Sight, call: Float32Array): number => (dot(unit, call) - mean) / spread;

/** The mean and the covariance of vectors of one length. */
export function backgroundOf(vectors: readonly Float32Array[], dim: number): Background {
  const mean = new Float32Array(dim);
  for (const v of vectors) v.forEach((x, d) => { mean[d]! += x / vectors.length; });
  const covariance = new Float32Array(dim * dim);
  for (const v of vectors) {
    for (let a = 0; a < dim; a += 1) for (let b = 0; b < dim; b += 1) covariance[a * dim + b]! += ((v[a]! - mean[a]!) * (v[b]! - mean[b]!)) / vectors.length;
  }
  return { mean, covariance };
}

/** log of the weighted mean of e^(sharpness × x), over sharpness: near the greatest of them, and smooth. Also each one's share in it. */
export function softGreatest(values: readonly number[], weights: readonly number[], sharpness: number): { value: number; shares: number[] } {
  const greatest = Math.max(...values);
  const powers = values.map((v, i) => (weights[i] ?? 0) * Math.exp(sharpness * (v - greatest)));
  const sum = powers.reduce((a, b) => a + b, 0);
  const all = weights.reduce((a, b) => a + b, 0);
  return { value: greatest + Math.log(sum / all) / sharpness, shares: powers.map((p) => p / sum) };
}
