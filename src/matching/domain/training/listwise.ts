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
