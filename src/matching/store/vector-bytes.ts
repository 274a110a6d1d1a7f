import { unitVector } from '../domain/embedding/unit-vector.js';

/** Models let single numbers stand out so far that one byte for each would leave nothing of the others. */
const STEPS = 32_767;

/**
 * A unit vector in half of its size, two bytes for a number. What is read back is off by less than a
 * ten-thousandth in any comparison.
 */
export function bytesOf(vector: Float32Array): Buffer {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Buffer.from(Int16Array.from(vector, (x) => Math.round((x / largest) * STEPS)).buffer);
}

/**
 * The vector that the bytes were made of; its length is one, so that the size of a step need not be known.
 */
export function vectorOf(bytes: Buffer): Float32Array {
  // Copied: within what the driver read, a vector may begin at an odd place.
  const vector = unitVector(new Int16Array(Uint8Array.from(bytes).buffer));
  if (!vector) throw new Error('a stored vector holds nothing but zeros');
  return vector;
}
