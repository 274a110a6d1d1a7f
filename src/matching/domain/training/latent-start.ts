import type { Bag } from '../semantic/bag.js';
import { gaussian } from './random.js';

const ROUNDS = 5;
/** The strong directions of texts are those of their length and style: they are damped a little. */
const DAMPING = 0.12;
/** On average over all entries: small beside 1, so that what is learned afterwards can move them. */
const SIZE = 0.1;

/**
 * Makes the columns of a tall matrix (rows of `dim` numbers) orthogonal and of length 1 (Gram and Schmidt).
 */
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

/** BᵀB times the matrix, B having a row of length 1 for each bag. */
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
 * Latent semantic analysis of the texts (Deerwester et al. 1990) by subspace iteration: a vector of `dim`
 * numbers for each of
 * `features` features, one after the other. The ground on which the vectors learn from who worked on what.
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
