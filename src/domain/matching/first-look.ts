import type { Glance } from './meaning/glance.js';
import type { SeenCalls } from './meaning/seen-calls.js';
import { above } from './parts.js';
import { LEAST_POINTS, leastSum, type Scale } from './sum-of-parts.js';

/** Which calls a profile is worth being scored with, and how many points they then need. */
export class FirstLook {
  /** Of a call in which a word of the profile stands, and of one in which none does: the points, and what its parts must sum to. */
  private readonly withWords: { points: number; sum: number };
  private readonly withNone: { points: number; sum: number };

  /** `glance`: null where more than words and the built-in model speaks for a call; then each is scored. */
  constructor(private readonly seen: SeenCalls, private readonly glance: Glance | null, private readonly scale: Scale, floor: number) {
    const need = (points: number) => ({ points, sum: leastSum(points, scale) });
    this.withWords = need(floor);
    this.withNone = need(Math.max(floor, LEAST_POINTS));
  }

  /** The points that a call needs; `words`: what the profile's words bring. */
  least(words: number): number {
    return words > 0 ? this.withWords.points : this.withNone.points;
  }

  /** Whether a call may have them: never false where it has. */
  mayHaveThem(number: number, words: number): boolean {
    const { glance, seen, scale: { weights } } = this;
    if (!glance) return true;
    const near = seen.keptOf(number, glance.kept) ? glance.most() : -Infinity;
    return words * weights.words + above(near) * weights.meaning >= (words > 0 ? this.withWords.sum : this.withNone.sum);
  }
}
