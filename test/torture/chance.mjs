/**
 * Returns a seeded random generator (mulberry32) from 0 to below 1, so that a run's faults can be reproduced.
 */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (random, from, to) => from + random() * (to - from);

/** Returns a name with the probability of its share; the remainder is `null`. */
export function drawn(random, shares) {
  let left = random();
  for (const [name, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return name;
  }
  return null;
}
