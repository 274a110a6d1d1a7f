import type { CallIndex } from '../index/call-index.js';
import type { Near } from '../signals/signal.js';
import type { Evidence } from '../scoring/match.js';
import type { Bag } from '../semantic/bag.js';
import { isMark } from '../semantic/programme-marks.js';
import { Leans } from '../semantic/leans.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import type { WrittenForms } from '../semantic/written-forms.js';
import { NearPhrases } from './near-phrases.js';

/** As little as the commonest word tells still names a call, where it has no other. */
const LEAST_WEIGHT = 0.01;

/** Says why a call is near: in which of its phrases words stand that lie along a competence or a project. */
export class NearReasons implements Near {
  private readonly leans: Leans;
  private readonly near: NearPhrases;

  constructor(
    private readonly vectors: WordVectors,
    index: CallIndex,
    written: WrittenForms,
  ) {
    this.leans = new Leans(vectors);
    this.near = new NearPhrases(vectors, index, written);
  }

  /** The phrases of a call whose words lie along a vector and tell most, with the points among them. */
  phrases(
    { id, bag }: { id: string; bag: Bag },
    unit: Float32Array,
    most: number,
    points: number,
  ): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[] {
    if (points <= 0) return [];
    const amounts = this.leanings(bag, unit);
    for (let k = 0; k < amounts.length; k += 1)
      if (amounts[k]! > 0) amounts[k]! *= this.weightOf(bag.ids[k]!);
    const found = this.near.in(id, bag.ids, amounts, most);
    const all = found.reduce((a, f) => a + f.amount, 0);
    if (found.length === 0) return [{ ...this.near.title(id), contribution: points }];
    return found.map(({ amount, ...phrase }) => ({ ...phrase, contribution: (points * amount) / all }));
  }

  /** What share of what lies along a vector are marks of the programme. */
  shareOfMarks({ bag }: { bag: Bag }, unit: Float32Array): number {
    const amounts = this.leanings(bag, unit);
    const marks = amounts.reduce(
      (sum, amount, k) => (amount > 0 && isMark(this.vectors.featureOf(bag.ids[k]!)) ? sum + amount : sum),
      0,
    );
    return marks === 0 ? 0 : marks / amounts.reduce((a, b) => a + b, 0);
  }

  /**
   * How much each feature of a call lies along a vector, in the order of its bag; 0 for those that do not.
   */
  private leanings({ ids, weights }: Bag, unit: Float32Array): Float64Array {
    const amounts = new Float64Array(ids.length);
    const along = this.leans.along(unit);
    for (let k = 0; k < ids.length; k += 1) amounts[k] = Math.max(0, weights[k]! * along(ids[k]!));
    return amounts;
  }

  /**
   * How much more a word tells than the commonest one does, by its inverse document frequency: "use" lies
   * along nearly everything.
   */
  private weightOf(id: number): number {
    return Math.max(LEAST_WEIGHT, this.vectors.weightOf(id) - this.vectors.leastWeight);
  }
}
