import type { WordVectors } from '../semantic/word-vectors.js';
import type { CallIndex } from '../index/call-index.js';
import type { Collection } from '../index/collection.js';
import { type CallReader, firstWord, STEM_SHIFT } from '../index/indexed-call.js';
import type { WrittenForms } from '../semantic/written-forms.js';
import type { Near } from '../signals/signal.js';
import type { Evidence } from '../scoring/match.js';
import { type Bag, isMark } from '../semantic/pieces.js';

/** Cached vectors: those of a few profiles. The cache is cleared when it is full. */
const MOST = 24;

/** Caches the components of features along vectors: many calls near one competence share the same words. */
class Leans {
  private readonly known = new Map<Float32Array, Float64Array>();

  constructor(private readonly vectors: WordVectors) {}

  /** Returns a function for the component of a feature of weight 1 along that vector. */
  along(vector: Float32Array): (id: number) => number {
    const amounts = this.forVector(vector);
    return (id) => {
      const amount = amounts[id]!;
      return Number.isNaN(amount) ? (amounts[id] = this.vectors.along(id, vector)) : amount;
    };
  }

  private forVector(vector: Float32Array): Float64Array {
    let amounts = this.known.get(vector);
    if (!amounts) {
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(vector, (amounts = new Float64Array(this.vectors.features).fill(NaN)));
    }
    return amounts;
  }
}

const MOST_WORDS = 4;
/** Maximum number of places examined per word. */
const MOST_PLACES = 12;
/**
 * A phrase is left out if its strongest word scores less than this share of the best phrase's; the others
 * share its points.
 */
const LEAST_OF_BEST = 0.15;

/** Adjacent words of a call that show why it is near, written as there. */
interface NearPhrase {
  term: string;
  field: string;
  spans: { start: number; end: number }[];
  amount: number;
}

/** A call whose phrases are looked for. */
interface Searched {
  number: number;
  reader: CallReader;
  collection: Collection;
}

interface Run {
  first: number;
  last: number;
  /** How much its words show why the call is near; `weight` breaks ties by how distinctive they are. */
  amount: number;
  weight: number;
}

const isBetter = (run: Run, best: Run | null): boolean =>
  best === null
    ? run.amount > 0
    : run.amount > best.amount || (run.amount === best.amount && run.weight > best.weight);

/**
 * Finds the phrases of a call, in its own wording, that contain the words that make it near: a single word is
 * too generic to be a reason.
 */
class NearPhrases {
  /** The amount of each feature of the current call, by number; 0 for all others. */
  private readonly amounts: Float64Array;
  private readonly features = new WeakMap<Collection, { stems: number; byStem: Int32Array }>();

  constructor(
    private readonly vectors: WordVectors,
    private readonly index: CallIndex,
    private readonly written: WrittenForms,
  ) {
    this.amounts = new Float64Array(vectors.features);
  }

  /**
   * Returns the strongest phrases that are not `taken`, best first; `amounts` are the amounts of the features
   * in `ids`.
   */
  in(
    id: string,
    ids: Int32Array,
    amounts: Float64Array,
    { most, taken }: { most: number; taken: ReadonlySet<string> },
  ): NearPhrase[] {
    const found = this.index.wordsOf(id);
    if (!found) return [];
    const words: Searched = { ...found, number: this.index.numberOf(id)! };
    ids.forEach((feature, k) => {
      this.amounts[feature] = amounts[k]!;
    });
    const phrases: NearPhrase[] = [];
    let best = 0;
    while (phrases.length < most) {
      const feature = this.greatest(ids);
      const amount = feature === -1 ? 0 : this.amounts[feature]!;
      if (amount === 0 || amount < best * LEAST_OF_BEST) break;
      const run = this.runWith(feature, words);
      this.amounts[feature] = 0;
      if (!run) continue;
      // Also of a phrase that is taken: what is far weaker than it is no reason instead.
      best = Math.max(best, amount);
      const phrase = this.phrase(run, words);
      if (![...taken].some((other) => repeats(phrase.term.toLowerCase(), other))) phrases.push(phrase);
    }
    for (const feature of ids) this.amounts[feature] = 0;
    return phrases;
  }

  /** Returns the whole title: the fallback if no phrase says anything. */
  title(id: string): Omit<NearPhrase, 'amount'> {
    const reader = this.index.wordsOf(id)?.reader;
    const last = reader ? reader.fieldOf.lastIndexOf(0) : -1;
    if (!reader || last === -1 || reader.nameAt(0) !== 'title')
      return { term: '', field: 'title', spans: [] };
    return { term: '', field: 'title', spans: [{ start: reader.starts[0]!, end: reader.ends[last]! }] };
  }

  private greatest(ids: Int32Array): number {
    let greatest = -1;
    for (const feature of ids)
      if (this.amounts[feature]! > (greatest === -1 ? 0 : this.amounts[greatest]!)) greatest = feature;
    return greatest;
  }

  /** Returns the best run of at least two words around one of the word's places; null if there is none. */
  private runWith(feature: number, words: Searched): Run | null {
    const { reader, collection } = words;
    const stem = collection.stemOf(this.vectors.featureOf(feature));
    if (stem === undefined) return null;
    const byStem = this.byStem(collection);
    let best: Run | null = null;
    for (const place of reader.placesOf(stem).slice(0, MOST_PLACES)) {
      for (let first = place; first > place - MOST_WORDS; first -= 1) {
        if (first < place && !this.isBeside(words, first + 1)) break;
        const run = this.bestFrom(first, place, words, byStem);
        if (run && isBetter(run, best)) best = run;
        if (first === 0) break;
      }
    }
    return best;
  }

  /** Returns the best run from one place that includes another. */
  private bestFrom(first: number, place: number, words: Searched, byStem: Int32Array): Run | null {
    const { reader } = words;
    let best: Run | null = null;
    let [sum, weight] = [0, 0];
    const seen: number[] = [];
    // A phrase neither begins nor ends inside "bio-based".
    if (this.written.jointAt(words.number, first) === '-') return null;
    // The last place of the first word: compounds have several.
    let lead = first;
    for (let last = first; last < first + MOST_WORDS && last < reader.starts.length; last += 1) {
      if (last > first && !this.isBeside(words, last)) break;
      if (last === lead + 1 && this.written.jointAt(words.number, last) === '-') lead = last;
      const feature = byStem[stemAt(reader, last)]!;
      if (feature !== -1 && !seen.includes(feature)) {
        seen.push(feature);
        sum += this.amounts[feature]!;
        weight += this.vectors.weightOf(feature);
      }
      const length = Math.sqrt(last - first + 1);
      const run = { first, last, amount: sum / length, weight: weight / length };
      const isWhole = last > first && this.isEnd(words, { first, lead, last });
      if (isWhole && last >= place && isBetter(run, best)) best = run;
    }
    return best;
  }

  /**
   * Whether a phrase is whole: it ends neither inside "bio-based" nor with an adjective, and not before what
   * its adjective is about ("greater food", of "greater food security").
   */
  private isEnd(
    words: Searched,
    { first, lead, last }: { first: number; lead: number; last: number },
  ): boolean {
    const { number, reader } = words;
    const goesOn = last + 1 < reader.starts.length && this.isBeside(words, last + 1);
    const mayEnd = (place: number): boolean => this.written.mayEnd(number, this.wordAt(words, place));
    if (goesOn && (lead === last || !mayEnd(lead) || this.written.jointAt(number, last + 1) === '-'))
      return false;
    return mayEnd(last) && !(lead === last && this.written.isPrefix(number, this.wordAt(words, first)));
  }

  private wordAt({ reader, collection }: Searched, place: number): string {
    return this.written.wordFor(
      collection.nameOf(stemAt(reader, place)),
      reader.ends[place]! - reader.starts[place]!,
    );
  }

  /** Whether a word continues the phrase of the previous one. */
  private isBeside({ number, reader }: Searched, place: number): boolean {
    return (
      reader.fieldOf[place] === reader.fieldOf[place - 1] &&
      reader.starts[place]! - reader.ends[place - 1]! === 1 &&
      this.written.jointAt(number, place) !== null
    );
  }

  /** Returns the run as evidence; its words are not used for another phrase. */
  private phrase({ first, last, amount }: Run, words: Searched): NearPhrase {
    const { number, reader, collection } = words;
    const byStem = this.byStem(collection);
    let term = '';
    for (let place = first; place <= last; place += 1) {
      const stem = stemAt(reader, place);
      if (byStem[stem] !== -1) this.amounts[byStem[stem]!] = 0;
      const joint = place === first ? '' : this.written.jointAt(number, place)!;
      term += joint + this.wordAt(words, place);
    }
    return {
      term,
      field: reader.nameAt(first),
      spans: [{ start: reader.starts[first]!, end: reader.ends[last]! }],
      amount,
    };
  }

  /** Returns the model's features by the collection's stems; -1 if the model has none. */
  private byStem(collection: Collection): Int32Array {
    const known = this.features.get(collection);
    if (known?.stems === collection.stems) return known.byStem;
    const byStem = new Int32Array(collection.stems).fill(-1);
    for (let feature = 0; feature < this.vectors.features; feature += 1) {
      const stem = collection.stemOf(this.vectors.featureOf(feature));
      if (stem !== undefined) byStem[stem] = feature;
    }
    this.features.set(collection, { stems: collection.stems, byStem });
    return byStem;
  }
}

/** Whether a phrase says what another one, of at least two words, has said; or less than a single word. */
const repeats = (phrase: string, other: string): boolean =>
  other.includes(phrase) || (/[ -]/.test(other) && phrase.includes(other));

const stemAt = (reader: CallReader, place: number): number =>
  reader.call[firstWord(reader.call) + place]! >>> STEM_SHIFT;

/** The weight of even the commonest word, so that a call with no other word still gets a phrase. */
const LEAST_WEIGHT = 0.01;

const NONE: ReadonlySet<string> = new Set();

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

  /**
   * Returns the most telling phrases of a call along a vector, without those `taken`, with the points split
   * among them.
   */
  phrases(
    { id, bag }: { id: string; bag: Bag },
    unit: Float32Array,
    { most, points, taken = NONE }: { most: number; points: number; taken?: ReadonlySet<string> },
  ): Pick<Evidence, 'term' | 'field' | 'spans' | 'contribution'>[] {
    if (points <= 0) return [];
    const amounts = this.leanings(bag, unit);
    for (let k = 0; k < amounts.length; k += 1)
      if (amounts[k]! > 0) amounts[k]! *= this.weightOf(bag.ids[k]!);
    const found = this.near.in(id, bag.ids, amounts, { most, taken });
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
