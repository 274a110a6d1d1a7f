import type { Bag } from '../semantic/pieces.js';

/** Returns a generator of numbers in [0, 1) determined by the seed (Mulberry32): training is reproducible. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Returns a standard normally distributed number (Box–Muller). */
export const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());

/** Returns a shuffled copy (Fisher–Yates); the list itself is unchanged. */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const result = [...things];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** A profile's list: each signal's units for each call, and the numbers of the right calls. */
export interface RankedList {
  units: readonly (readonly number[])[];
  right: ReadonlySet<number>;
}

const [STEPS, RATE, RIDGE] = [400, 0.05, 1e-3];
const [MOMENTUM, SPREAD] = [0.9, 0.99];

/**
 * Adds to `gradient` how the weights must change for a list's right calls to be chosen (ListNet; Cao et al.
 * 2007).
 */
function pullOf(
  { units, right }: RankedList,
  weights: readonly number[],
  gradient: number[],
  share: number,
): void {
  const scores = units.map((u) => u.reduce((sum, x, k) => sum + x * weights[k]!, 0));
  const greatest = Math.max(...scores);
  const powers = scores.map((s) => Math.exp(s - greatest));
  const sum = powers.reduce((a, b) => a + b, 0);
  units.forEach((u, i) => {
    const due = right.has(i) ? 1 / right.size : 0;
    const pull = share * (powers[i]! / sum - due);
    u.forEach((x, k) => {
      gradient[k]! += pull * x;
    });
  });
}

/**
 * Returns weights, none below 0, with which the sum of the signals ranks the right calls first; lists count
 * by the square root of their number of right calls. `used`: the signals that may have a weight.
 */
export function learnWeights(lists: readonly RankedList[], used: readonly boolean[]): number[] {
  const weights: number[] = used.map((u) => (u ? 0.5 : 0));
  const [mean, square] = [used.map(() => 0), used.map(() => 0)];
  const all = lists.reduce((sum, l) => sum + Math.sqrt(l.right.size), 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = weights.map((w) => RIDGE * w);
    for (const list of lists) pullOf(list, weights, gradient, Math.sqrt(list.right.size) / all);
    gradient.forEach((g, k) => {
      if (!used[k]) return;
      mean[k] = MOMENTUM * mean[k]! + (1 - MOMENTUM) * g;
      square[k] = SPREAD * square[k]! + (1 - SPREAD) * g * g;
      const [m, s] = [mean[k] / (1 - MOMENTUM ** step), square[k] / (1 - SPREAD ** step)];
      weights[k] = Math.max(0, weights[k]! - (RATE * m) / (Math.sqrt(s) + 1e-8));
    });
  }
  return weights;
}

/** A text as a vector of length 1, with its original length, which backpropagation needs. */
export interface Encoded {
  bag: Bag;
  unit: Float32Array;
  length: number;
}

/** Normalises a vector to length 1; returns its original length. */
export function normalise(vector: Float32Array): number {
  let square = 0;
  for (const x of vector) square += x * x;
  const length = Math.sqrt(square) + 1e-9;
  for (let d = 0; d < vector.length; d += 1) vector[d]! /= length;
  return length;
}

/** Returns the weighted sum of the features' vectors, normalised to length 1. */
export function encode(vectors: Float32Array, dim: number, bag: Bag): Encoded {
  const unit = new Float32Array(dim);
  for (let k = 0; k < bag.ids.length; k += 1) {
    const [row, weight] = [bag.ids[k]! * dim, bag.weights[k]!];
    for (let d = 0; d < dim; d += 1) unit[d]! += weight * vectors[row + d]!;
  }
  return { bag, unit, length: normalise(unit) };
}

/** Converts a gradient with respect to a normalised vector into one with respect to the original vector. */
export function beforeNormalising(gradient: Float32Array, unit: Float32Array, length: number): Float32Array {
  let along = 0;
  for (let d = 0; d < unit.length; d += 1) along += gradient[d]! * unit[d]!;
  return gradient.map((g, d) => (g - along * unit[d]!) / length);
}

/** Propagates a gradient with respect to an encoded text to the vectors of its features. */
export function handBack(
  gradients: Float32Array,
  { bag, unit, length }: Encoded,
  gradient: Float32Array,
): void {
  const dim = unit.length;
  const inner = beforeNormalising(gradient, unit, length);
  for (let k = 0; k < bag.ids.length; k += 1) {
    const [row, weight] = [bag.ids[k]! * dim, bag.weights[k]!];
    for (let d = 0; d < dim; d += 1) gradients[row + d]! += weight * inner[d]!;
  }
}
