import { firstWord, STEM_SHIFT } from '../index/indexed-call.js';
import type { Collection } from '../index/collection.js';

/**
 * The places in calls taken by the phrases of one competence. Places of single words are not recorded: a word
 * takes all remaining places of its stem, so the order of the word that owns a stem tells which are taken.
 */
export class Claims {
  /** Per call, its last claim, counted from 1; each claim links to the one before. */
  private readonly heads: Int32Array;
  private readonly before: number[] = [0];
  private readonly firsts: number[] = [0];
  private readonly lasts: number[] = [0];
  private readonly touched: number[] = [];
  /** Per stem, the order of the single word that owns it, counted from 1. */
  private readonly owners: Int32Array;
  private readonly owned: number[] = [];

  constructor(private readonly collection: Collection) {
    this.heads = new Int32Array(collection.end);
    this.owners = new Int32Array(collection.stems);
  }

  clear(): void {
    for (const number of this.touched) this.heads[number] = 0;
    for (const stem of this.owned) this.owners[stem] = 0;
    for (const list of [this.before, this.firsts, this.lasts]) list.length = 1;
    for (const list of [this.touched, this.owned]) list.length = 0;
  }

  /** Assigns a stem to the term of that order; returns false if another term owns it. */
  own(stem: number, order: number): boolean {
    if (this.owners[stem] !== 0) return false;
    this.owners[stem] = order + 1;
    this.owned.push(stem);
    return true;
  }

  /** Returns the order of the term that owns the stem at a place as a single word; -1 if none. */
  ownerAt(number: number, place: number): number {
    const call = this.collection.call(number)!;
    return this.owners[(call[firstWord(call) + place] ?? 0) >>> STEM_SHIFT]! - 1;
  }

  /** Whether a phrase has taken the place. */
  has(number: number, place: number): boolean {
    for (let at = this.heads[number]!; at !== 0; at = this.before[at]!)
      if (this.firsts[at]! <= place && place <= this.lasts[at]!) return true;
    return false;
  }

  /** Whether every place from first to last is taken by terms before that order. */
  haveAll(number: number, first: number, last: number, order: number): boolean {
    for (let place = first; place <= last; place += 1) {
      if (this.has(number, place)) continue;
      const owner = this.ownerAt(number, place);
      if (owner === -1 || owner >= order) return false;
    }
    return true;
  }

  take(number: number, first: number, last: number): void {
    if (this.heads[number] === 0) this.touched.push(number);
    this.before.push(this.heads[number]!);
    this.firsts.push(first);
    this.lasts.push(last);
    this.heads[number] = this.firsts.length - 1;
  }
}
