import { unitVector } from '../domain/embedding/unit-vector.js';

/** Single numbers of a model's vectors can be so large that one byte each would erase the others. */
const STEPS = 32_767;

/**
 * Returns a unit vector at half its size, two bytes per number. Comparisons are off by less than a
 * ten-thousandth.
 */
export function bytesOf(vector: Float32Array): Buffer {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Buffer.from(Int16Array.from(vector, (x) => Math.round((x / largest) * STEPS)).buffer);
}

/** Returns the vector the bytes were made from; its length is one, so the step size is not needed. */
export function vectorOf(bytes: Buffer): Float32Array {
  // Copied, because a vector may start at an odd offset in the driver's buffer.
  const vector = unitVector(new Int16Array(Uint8Array.from(bytes).buffer));
  if (!vector) throw new Error('a stored vector holds nothing but zeros');
  return vector;
}
