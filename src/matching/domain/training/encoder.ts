import type { Bag } from '../semantic/bag.js';

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
