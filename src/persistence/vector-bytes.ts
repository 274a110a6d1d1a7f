import { unitVector } from '../domain/embedding/unit-vector.js';

const STEPS = 127;

/** A unit vector in a quarter of its size: each number as one of 255 steps. What is read back is off by less than two thousandths in any comparison. */
export function bytesOf(vector: Float32Array): Buffer {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Buffer.from(Int8Array.from(vector, (x) => Math.round((x / largest) * STEPS)).buffer);
}

/** The vector that the bytes were made of; its length is one, so that the size of a step need not be known. */
export function vectorOf(bytes: Buffer): Float32Array {
  const vector = unitVector(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  if (!vector) throw new Error('a stored vector holds nothing but zeros');
  return vector;
}
