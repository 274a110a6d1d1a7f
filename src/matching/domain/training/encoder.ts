import type { Bag } from '../semantic/bag.js';

/** A text as a vector of length 1, with the length that it had before: what the way back needs. */
export interface Encoded {
  bag: Bag;
  unit: Float32Array;
  length: number;
}

/** Brings a vector to length 1; gives the length that it had. */
export function normalise(vector: Float32Array): number {
  let square = 0;
  for (const x of vector) square += x * x;
  const length = Math.sqrt(square) + 1e-9;
  for (let d = 0; d < vector.length; d += 1) vector[d]! /= length;
  return length;
}

/** The weighted sum of the features' vectors, brought to length 1. */
export function encode(vectors: Float32Array, dim: number, bag: Bag): Encoded {
  const unit = new Float32Array(dim);
  for (let k = 0; k < bag.ids.length; k += 1) {
    const [row, weight] = [bag.ids[k]! * dim, bag.weights[k]!];
    for (let d = 0; d < dim; d += 1) unit[d]! += weight * vectors[row + d]!;
  }
  return { bag, unit, length: normalise(unit) };
}

/**
 * What of a gradient with respect to a vector of length 1 reaches the vector before it was brought to that
 * length.
 */
export function beforeNormalising(gradient: Float32Array, unit: Float32Array, length: number): Float32Array {
  let along = 0;
  for (let d = 0; d < unit.length; d += 1) along += gradient[d]! * unit[d]!;
  return gradient.map((g, d) => (g - along * unit[d]!) / length);
}

/** Hands a gradient with respect to an encoded text on to the vectors of its features. */
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
