/**
 * Returns the unit vector (L2) in the same direction; null if there is none: a number is missing or infinite,
 * or all are zero.
 */
export function unitVector(numbers: ArrayLike<number>): Float32Array | null {
  const vector = Float32Array.from(numbers);
  let sum = 0;
  for (const x of vector) sum += x * x;
  const length = Math.sqrt(sum);
  if (!Number.isFinite(length) || length === 0) return null;
  for (let i = 0; i < vector.length; i += 1) vector[i]! /= length;
  return vector;
}
