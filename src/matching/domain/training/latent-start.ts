import type { Bag } from '../semantic/bag.js';
import { gaussian } from './random.js';

const ROUNDS = 5;
/** The strongest directions reflect the length and style of texts, so they are damped a little. */
const DAMPING = 0.12;
/** Average size of an entry: small compared with 1, so that training can still move it. */
const SIZE = 0.1;

/** Makes the columns of a tall matrix (rows of `dim` numbers) orthonormal (Gram–Schmidt). */
function orthonormalise(matrix: Float32Array, dim: number): void {
  const rows = matrix.length / dim;
  for (let a = 0; a < dim; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let dot = 0;
      for (let r = 0; r < rows; r += 1) dot += matrix[r * dim + a]! * matrix[r * dim + b]!;
      for (let r = 0; r < rows; r += 1) matrix[r * dim + a]! -= dot * matrix[r * dim + b]!;
    }
    let square = 0;
    for (let r = 0; r < rows; r += 1) square += matrix[r * dim + a]! ** 2;
    const length = Math.sqrt(square) + 1e-12;
    for (let r = 0; r < rows; r += 1) matrix[r * dim + a]! /= length;
  }
}

/** Returns BᵀB times the matrix, where B has a row of length 1 for each bag. */
function throughTexts(bags: readonly Bag[], matrix: Float32Array, dim: number): Float32Array {
  const result = new Float32Array(matrix.length);
  const along = new Float32Array(dim);
  for (const { ids, weights } of bags) {
    const square = weights.reduce((sum, w) => sum + w * w, 0) + 1e-12;
    along.fill(0);
    for (let k = 0; k < ids.length; k += 1)
      for (let d = 0; d < dim; d += 1) along[d]! += weights[k]! * matrix[ids[k]! * dim + d]!;
    for (let k = 0; k < ids.length; k += 1)
      for (let d = 0; d < dim; d += 1) result[ids[k]! * dim + d]! += (weights[k]! / square) * along[d]!;
  }
  return result;
}

/**
 * Runs latent semantic analysis on the texts (Deerwester et al. 1990) by subspace iteration. Returns a vector
 * of `dim` numbers for each of `features` features: the starting point for training on who worked on what.
 */
export function latentStart(
  bags: readonly Bag[],
  features: number,
  dim: number,
  random: () => number,
): Float32Array {
  let matrix = Float32Array.from({ length: features * dim }, () => gaussian(random));
  for (let round = 0; round < ROUNDS; round += 1) {
    orthonormalise(matrix, dim);
    matrix = throughTexts(bags, matrix, dim) as Float32Array<ArrayBuffer>;
  }
  for (let d = 0; d < dim; d += 1) {
    let square = 0;
    for (let f = 0; f < features; f += 1) square += matrix[f * dim + d]! ** 2;
    const factor = (Math.sqrt(square) + 1e-12) ** -(1 + DAMPING);
    for (let f = 0; f < features; f += 1) matrix[f * dim + d]! *= factor;
  }
  const scale = SIZE / (Math.sqrt(matrix.reduce((sum, x) => sum + x * x, 0) / matrix.length) + 1e-12);
  return matrix.map((x) => x * scale);
}
