import type { CallIndex } from '../index/call-index.js';
import type { Near } from '../signals/signal.js';
import type { Evidence } from '../scoring/match.js';
import type { Bag } from '../semantic/bag.js';
import { isMark } from '../semantic/programme-marks.js';
import { Leans } from '../semantic/leans.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import type { WrittenForms } from '../semantic/written-forms.js';
import { NearPhrases } from './near-phrases.js';

/** The weight of even the commonest word, so that a call with no other word still gets a phrase. */
const LEAST_WEIGHT = 0.01;

/** Explains why a call is near: which phrases contain words close to a competence or project. */
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

  /** Returns the most telling phrases of a call along a vector, with the points split among them. */
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

  /** Returns the share of programme marks in a call's components along a vector. */
  shareOfMarks({ bag }: { bag: Bag }, unit: Float32Array): number {
    const amounts = this.leanings(bag, unit);
    const marks = amounts.reduce(
      (sum, amount, k) => (amount > 0 && isMark(this.vectors.featureOf(bag.ids[k]!)) ? sum + amount : sum),
      0,
    );
    return marks === 0 ? 0 : marks / amounts.reduce((a, b) => a + b, 0);
  }

  /** Returns the component of each feature of a call along a vector, in bag order; never below 0. */
  private leanings({ ids, weights }: Bag, unit: Float32Array): Float64Array {
    const amounts = new Float64Array(ids.length);
    const along = this.leans.along(unit);
    for (let k = 0; k < ids.length; k += 1) amounts[k] = Math.max(0, weights[k]! * along(ids[k]!));
    return amounts;
  }

  /**
   * Returns how much more distinctive a word is than the commonest one, by inverse document frequency: "use"
   * is close to nearly everything.
   */
  private weightOf(id: number): number {
    return Math.max(LEAST_WEIGHT, this.vectors.weightOf(id) - this.vectors.leastWeight);
  }
}
