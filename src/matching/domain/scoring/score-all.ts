import { firstWord, STEM_SHIFT, weightAt } from '../index/indexed-call.js';
import type { Collection } from '../index/collection.js';
import { chooseCalls } from '../index/candidates.js';
import { KIND_SHIFT, nextBound, noPosting, NUMBER_SHIFT, type Posting, SMALL } from '../index/postings.js';
import type { MatchingSettings } from './settings.js';
import { type CompetenceQuery, type FoundTerm, fieldWeights, saturate } from './query.js';
import type { Steps } from '../../../kernel/time-slices.js';

/**
 * The places in calls taken by the phrases of one competence. Places of single words are not recorded: a word
 * takes all remaining places of its stem, so the order of the word that owns a stem tells which are taken.
 */
class Claims {
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

/** A term, with its order among those of its competence. */
interface Counted extends FoundTerm {
  order: number;
  /** The stems that count for it as single words. */
  stems: number[];
  /** Corrections to its weighted frequency per call, besides its single words: call numbers, and amounts. */
  numbers: number[];
  amounts: number[];
  /** The most it can contribute. */
  value: number;
}

/** Frequencies below this are zero: the remainder of a word whose places are all taken by phrases. */
const NOTHING = 1e-9;
/**
 * If a posting has this many times more entries than there are calls to score, each call is looked up in it.
 */
const LOOK_UP = 12;
/** Marks of a call: not scored, scored, counted for the current term. */
const [OUT, IN, COUNTED] = [0, 1, 2];

function adjust(term: Counted, number: number, amount: number): void {
  term.numbers.push(number);
  term.amounts.push(amount);
}

/**
 * Computes the raw scores of a profile's competences in all calls of a collection: the scores of
 * `explainCompetence` without the places. Runs term by term through the postings, in flat arrays indexed by
 * call number.
 */
export class Scoring {
  private readonly marks: Uint8Array;
  private readonly found: Float64Array;
  private readonly frequency: Float64Array;
  /** The calls counted for the current term. */
  private readonly counted: Int32Array;
  private readonly claims: Claims;
  private readonly fieldWeights: Float64Array;
  private calls: Int32Array = new Int32Array(0);
  private terms: Counted[] = [];

  /** `allowed`: 1 for each call to score, by number; omitted for all. */
  constructor(
    private readonly collection: Collection,
    private readonly settings: MatchingSettings,
    private readonly allowed?: Uint8Array,
  ) {
    const { end } = collection;
    this.marks = new Uint8Array(end);
    this.counted = new Int32Array(end);
    this.found = new Float64Array(end);
    this.frequency = new Float64Array(end);
    this.claims = new Claims(collection);
    this.fieldWeights = fieldWeights(settings);
  }

  /** Reports the competence's contribution to each call with a non-zero one; one step per term. */
  *run(competence: CompetenceQuery, tell: (number: number, raw: number) => void): Steps<void> {
    const found = competence.found();
    this.calls = yield* chooseCalls(competence, found, this.collection, this.marks, this.allowed);
    this.terms = this.calls.length === 0 ? [] : found.map((term, order) => this.inOrder(term, order));
    for (const term of this.terms) {
      if (term.where.hits.length === 0) continue;
      this.countPhrases(term);
      yield;
    }
    for (const term of this.terms) {
      if (term.stems.length === 0) continue;
      this.countWords(term);
      yield;
    }
    this.end(competence.terms.weight, tell);
    yield;
  }

  private inOrder(term: FoundTerm, order: number): Counted {
    return {
      ...term,
      order,
      numbers: [],
      amounts: [],
      stems: term.where.singles.filter((stem) => this.claims.own(stem, order)),
      value: term.term.weight * term.idf,
    };
  }

  /** Counts a term's phrases, call by call, and takes their places. */
  private countPhrases(term: Counted): void {
    const { hits } = term.where;
    for (let from = 0, to = 0; from < hits.length; from = to) {
      const number = hits.numbers[from]!;
      while (to < hits.length && hits.numbers[to] === number) to += 1;
      if (this.marks[number] === OUT) continue;
      const frequency = this.claimed(term, from, to);
      if (term.stems.length > 0) adjust(term, number, frequency);
      else this.found[number]! += term.value * saturate(frequency, this.settings.k1);
    }
  }

  /** Returns the weighted frequency of one call's hits from..to, without hits whose places are all taken. */
  private claimed(term: Counted, from: number, to: number): number {
    const { hits } = term.where;
    const number = hits.numbers[from]!;
    const free: number[] = [];
    let frequency = 0;
    for (let i = from; i < to; i += 1) {
      const first = hits.firsts[i]!;
      if (this.claims.haveAll(number, first, hits.lastAt(i), term.order)) continue;
      free.push(i);
      const factor = this.counts(number, first, hits.kindAt(i));
      frequency += factor * (hits.looseAt(i) ? this.settings.phrase.slopWeight : 1);
      // If the phrase starts with a word that is also the term, the place counts once.
      if (this.claims.ownerAt(number, first) === term.order && !this.claims.has(number, first))
        adjust(term, number, -factor);
    }
    for (const i of free) this.take(term, i);
    return frequency;
  }

  /** Takes the places of a hit, so that they do not count for later words. */
  private take({ where: { hits }, order }: Counted, i: number): void {
    const number = hits.numbers[i]!;
    const [first, last] = [hits.firsts[i]!, hits.lastAt(i)];
    for (let place = first; place <= last; place += 1) {
      const owner = this.claims.ownerAt(number, place);
      if (owner > order && !this.claims.has(number, place))
        adjust(this.terms[owner]!, number, -this.counts(number, place, hits.kindAt(i)));
    }
    this.claims.take(number, first, last);
  }

  /** Counts a term's single words in all calls, and the corrections from its phrases. */
  private countWords(term: Counted): void {
    const { marks, frequency, counted } = this;
    let count = 0;
    for (const stem of term.stems) count = this.countWord(this.collection.posting(stem) ?? noPosting, count);
    term.numbers.forEach((number, i) => {
      frequency[number]! += term.amounts[i]!;
      if (marks[number] === IN) counted[count++] = number;
      marks[number] = COUNTED;
    });
    const { k1 } = this.settings;
    for (let i = 0; i < count; i += 1) {
      const number = counted[i]!;
      const sum = frequency[number]!;
      if (sum > NOTHING) this.found[number]! += (term.value * sum) / (k1 + sum);
      frequency[number] = 0;
      marks[number] = IN;
    }
  }

  private countWord(posting: Posting, from: number): number {
    let count = from;
    if (posting.length < LOOK_UP * this.calls.length) {
      for (let i = 0; i < posting.length; i += 1) count = this.countEntry(posting.entries[i]!, count);
      return count;
    }
    let at = 0;
    for (const number of this.calls) {
      at = nextBound(posting, number * 256, at);
      for (; at < posting.length && posting.entries[at]! >>> NUMBER_SHIFT === number; at += 1)
        count = this.countEntry(posting.entries[at]!, count);
    }
    return count;
  }

  private countEntry(entry: number, count: number): number {
    const number = entry >>> NUMBER_SHIFT;
    const mark = this.marks[number]!;
    if (mark === OUT) return count;
    this.frequency[number]! += (entry & SMALL) * this.fieldWeights[(entry >>> KIND_SHIFT) & SMALL]!;
    if (mark === COUNTED) return count;
    this.marks[number] = COUNTED;
    this.counted[count] = number;
    return count + 1;
  }

  /** Returns the weight of the word at a place of a call. */
  private counts(number: number, place: number, kind: number): number {
    return weightAt(this.collection.call(number)!, place) * this.fieldWeights[kind]!;
  }

  private end(weight: number, tell: (number: number, raw: number) => void): void {
    for (const number of this.calls) {
      const found = this.found[number]!;
      if (found > 0) tell(number, weight * found);
      this.found[number] = 0;
      this.marks[number] = OUT;
    }
    this.claims.clear();
  }
}
