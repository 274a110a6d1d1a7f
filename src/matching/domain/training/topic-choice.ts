/** All candidates as consecutive vectors of length 1, with the gradient of each. */
export interface Candidates {
  units: Float32Array;
  gradients: Float32Array;
  count: number;
}

/** What should be chosen, by number, and what does not count as wrong: the other items known to belong. */
export interface Wanted {
  right: ReadonlySet<number>;
  known: ReadonlySet<number>;
}

/** Returns the softmax of sharpness × similarity; 0 for known candidates that are not wanted here. */
function chances(
  from: Float32Array,
  { units, count }: Candidates,
  { right, known }: Wanted,
  sharpness: number,
): Float32Array {
  const dim = from.length;
  const result = new Float32Array(count).fill(-Infinity);
  for (let c = 0; c < count; c += 1) {
    if (known.has(c) && !right.has(c)) continue;
    let dot = 0;
    for (let d = 0; d < dim; d += 1) dot += from[d]! * units[c * dim + d]!;
    result[c] = sharpness * dot;
  }
  const greatest = result.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let c = 0; c < count; c += 1) sum += result[c] = Math.exp(result[c]! - greatest);
  return result.map((x) => x / sum);
}

/**
 * Computes the cross-entropy of choosing the right candidates by similarity (van den Oord et al. 2018): adds
 * to the candidates' gradients and returns the gradient of `from` and the loss. `weight` scales all of them.
 */
export function choose(
  from: Float32Array,
  candidates: Candidates,
  wanted: Wanted,
  { sharpness, weight }: { sharpness: number; weight: number },
): { gradient: Float32Array; loss: number } {
  const dim = from.length;
  const chance = chances(from, candidates, wanted, sharpness);
  const gradient = new Float32Array(dim);
  let loss = 0;
  for (let c = 0; c < candidates.count; c += 1) {
    const due = wanted.right.has(c) ? 1 / wanted.right.size : 0;
    if (due > 0) loss -= weight * due * Math.log(chance[c]! + 1e-12);
    const pull = (chance[c]! - due) * sharpness * weight;
    if (Math.abs(pull) < 1e-6) continue;
    for (let d = 0; d < dim; d += 1) {
      gradient[d]! += pull * candidates.units[c * dim + d]!;
      candidates.gradients[c * dim + d]! += pull * from[d]!;
    }
  }
  return { gradient, loss };
}
