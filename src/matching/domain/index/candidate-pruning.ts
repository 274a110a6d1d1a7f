import { NearnessBound } from '../semantic/nearness-bound.js';
import type { CompetenceEmbedding } from '../semantic/profile-embeddings.js';
import type { SeenCalls } from '../semantic/seen-calls.js';
import { meaningUnit, nearnessOf } from '../semantic/nearness-unit.js';
import type { WordUnits } from '../scoring/ranked.js';
import { LEAST_POINTS, leastSum, type Scale } from '../scoring/sum-of-signals.js';

/** Pruning does not pay for this few calls. */
const FEW = 20;

/** The weights of a unit of words and a unit of meaning. */
interface BoundedScale extends Scale {
  words: number;
  meaning: number;
}

/** Decides which calls are worth scoring for a profile, and how many points they need. */
export class CandidatePruning {
  /**
   * The minimum sum for a call that contains a phrase of the profile, and for one that does not; the minimum
   * nearness of a call that contains no word of it.
   */
  private readonly sum: number;
  private readonly sumWithout: number;
  private readonly near: number;
  /** Null if other signals than words and the built-in model contribute: then every call is scored. */
  private readonly nearnessBound: NearnessBound | null;

  /**
   * `competences`: null if anything but words and the built-in model may give points; `calls`: the number of
   * calls to check.
   */
  constructor(
    seen: SeenCalls,
    competences: readonly CompetenceEmbedding[] | null,
    private readonly scale: BoundedScale,
    private readonly floor: number,
    calls: number,
  ) {
    this.nearnessBound = competences && calls > FEW ? new NearnessBound(seen.units, competences) : null;
    this.sum = leastSum(floor, scale);
    this.sumWithout = leastSum(this.least(0), scale);
    this.near = nearnessOf(this.sumWithout / scale.meaning);
  }

  /** Returns the points a call needs; `words`: the points from the profile's words. */
  least(words: number): number {
    return words > 0 ? this.floor : Math.max(this.floor, LEAST_POINTS);
  }

  /** Whether a call may reach them; never false for a call that does. */
  mayHaveThem(number: number, { raw, shared }: WordUnits): boolean {
    const {
      nearnessBound,
      scale: { words, meaning },
    } = this;
    if (!nearnessBound) return true;
    const near = nearnessBound.most(number);
    if (raw === 0 && shared === 0) return near >= this.near;
    return raw * words + meaningUnit(near, shared) * meaning >= (raw > 0 ? this.sum : this.sumWithout);
  }
}
