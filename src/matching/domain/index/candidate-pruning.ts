import { NearnessBound } from '../semantic/nearness-bound.js';
import type { CompetenceEmbedding } from '../semantic/profile-embeddings.js';
import type { SeenCalls } from '../semantic/seen-calls.js';
import { meaningUnit, nearnessOf } from '../semantic/nearness-unit.js';
import type { WordUnits } from '../scoring/ranked.js';
import { LEAST_POINTS, leastSum, type Scale } from '../scoring/sum-of-signals.js';

/** A glance does not pay for so few calls. */
const FEW = 20;

/** What a unit of words counts, and one of meaning. */
interface BoundedScale extends Scale {
  words: number;
  meaning: number;
}

/** Which calls are worth being scored for a profile, and how many points they then need. */
export class CandidatePruning {
  /**
   * What the summands of a call must come to in which a phrase of the profile stands, and of one in which
   * none does; how near one must be in which no word does.
   */
  private readonly sum: number;
  private readonly sumWithout: number;
  private readonly near: number;
  /** Null where more than words and the built-in model speaks for a call: then each is scored. */
  private readonly nearnessBound: NearnessBound | null;

  /**
   * `competences`: null where something else than words and the built-in model may give points; `calls`: of
   * how many it is asked.
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

  /** The points that a call needs; `words`: what the profile's words bring. */
  least(words: number): number {
    return words > 0 ? this.floor : Math.max(this.floor, LEAST_POINTS);
  }

  /** Whether a call may have them: never false where it has. */
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
