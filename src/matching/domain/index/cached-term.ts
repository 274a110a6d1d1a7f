import { BEGINS_FIELD, type IndexedCall, LINKED, STEM_SHIFT, STEP } from './indexed-call.js';
import type { Form, Term } from '../analysis/terms.js';
import { breakWidth } from '../analysis/tokenise.js';

/** An occurrence of a term: words first..last of the call. */
export interface Hit {
  first: number;
  last: number;
  /** Whether a foreign word is in between. */
  loose: boolean;
  kind: number;
}

type Place = Omit<Hit, 'kind'>;

/** A form with its stems as numbers of a collection. */
type NumberedForm = Omit<Form, 'stems'> & { stems: number[] };

/**
 * Returns the next place of a stem after entry `last`, at most `reach` positions away; -1 if there is none.
 */
function nextEntry(
  call: IndexedCall,
  stem: number | undefined,
  last: number,
  reach: number,
  end: number,
): number {
  // The two words of a term that contains a comma ("safe, sustainable") have to be adjacent, whatever mark is
  // between them.
  const side = reach >= breakWidth;
  let distance = 0;
  for (let next = last + 1; next < end; next += 1) {
    const word = call[next] ?? 0;
    distance += word & STEP;
    if (word & BEGINS_FIELD || (side ? next > last + 1 : distance > reach)) return -1;
    if (word >>> STEM_SHIFT === stem) return next;
  }
  return -1;
}

/** Returns the distance between two entries, in positions. */
function distanceOf(call: IndexedCall, from: number, to: number): number {
  let distance = 0;
  for (let i = from + 1; i <= to; i += 1) distance += (call[i] ?? 0) & STEP;
  return distance;
}

/** Returns the phrase starting at `first`, if any: each word within its gap, plus `slop` in total. */
function phraseAt(
  call: IndexedCall,
  form: NumberedForm,
  first: number,
  slop: number,
  end: number,
): Place | null {
  let last = first;
  let left = slop;
  for (let i = 1; i < form.stems.length; i += 1) {
    const gap = form.gaps[i] ?? 1;
    const next = nextEntry(call, form.stems[i], last, gap + left, end);
    if (next === -1 || (form.link === i && !((call[next] ?? 0) & LINKED))) return null;
    if (gap < breakWidth) left -= Math.max(0, distanceOf(call, last, next) - gap);
    last = next;
  }
  return { first, last, loose: left < slop };
}

/** Finds the forms of one term; `slop` foreign words may occur within a phrase. */
class FormFinder {
  private readonly firsts: number[];
  private readonly slops: number[];
  /** The first two words of each form that is a phrase, and their maximum distance. */
  readonly beginnings: readonly { first: number; second: number; reach: number }[];

  constructor(
    private readonly forms: NumberedForm[],
    slop: number,
  ) {
    this.firsts = forms.map((f) => f.stems[0] ?? -1);
    this.slops = forms.map((f) => (f.link > 0 || f.stems.length === 1 ? 0 : slop));
    this.beginnings = forms.flatMap(({ stems: [first, second], gaps }, i) =>
      second === undefined ? [] : [{ first: first!, second, reach: (gaps[1] ?? 1) + this.slops[i]! }],
    );
  }

  /** Returns the match starting at an entry; a strict one is preferred to a loose one. */
  at(call: IndexedCall, entry: number, end: number): Place | null {
    const stem = call[entry]! >>> STEM_SHIFT;
    let best: Place | null = null;
    for (let i = 0; i < this.firsts.length; i += 1) {
      if (this.firsts[i] !== stem) continue;
      const hit = phraseAt(call, this.forms[i]!, entry, this.slops[i]!, end);
      if (hit && (!best || (best.loose && !hit.loose))) best = hit;
    }
    return best;
  }
}

const KIND_SHIFT = 1;
const SPAN_SHIFT = 5;

/** The places of a phrase in all calls, ascending by call number, then by place. */
class HitList {
  length = 0;
  numbers = new Int32Array(0);
  firsts = new Int32Array(0);
  /** Distance from the first to the last word, kind of field, and whether a foreign word is between. */
  private shapes = new Int32Array(0);

  lastAt(i: number): number {
    return (this.firsts[i] ?? 0) + ((this.shapes[i] ?? 0) >> SPAN_SHIFT);
  }

  kindAt(i: number): number {
    return ((this.shapes[i] ?? 0) >> KIND_SHIFT) & 15;
  }

  looseAt(i: number): boolean {
    return ((this.shapes[i] ?? 0) & 1) === 1;
  }

  /** Returns the index of the first entry whose call number is at least `number`. */
  from(number: number): number {
    // A new call usually has the highest number, and every term of every profile asks for it.
    if (this.length > 0 && this.numbers[this.length - 1]! < number) return this.length;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  has(number: number): boolean {
    if (this.length === 0) return false;
    const at = this.from(number);
    return at < this.length && this.numbers[at] === number;
  }

  inCall(number: number): Hit[] {
    const hits: Hit[] = [];
    for (let i = this.from(number); i < this.length && this.numbers[i] === number; i += 1) {
      hits.push({
        first: this.firsts[i] ?? 0,
        last: this.lastAt(i),
        loose: this.looseAt(i),
        kind: this.kindAt(i),
      });
    }
    return hits;
  }

  /** Adds the hits of a call that has none yet. */
  add(number: number, hits: Hit[]): void {
    if (hits.length === 0) return;
    const at =
      this.length > 0 && (this.numbers[this.length - 1] ?? 0) > number ? this.from(number) : this.length;
    this.makeRoom(at, hits.length);
    hits.forEach((hit, i) => {
      this.numbers[at + i] = number;
      this.firsts[at + i] = hit.first;
      this.shapes[at + i] =
        ((hit.last - hit.first) << SPAN_SHIFT) | (hit.kind << KIND_SHIFT) | (hit.loose ? 1 : 0);
    });
  }

  remove(number: number): void {
    const from = this.from(number);
    const to = this.from(number + 1);
    for (const array of [this.numbers, this.firsts, this.shapes]) array.copyWithin(from, to, this.length);
    this.length -= to - from;
  }

  private makeRoom(at: number, count: number): void {
    const length = this.length + count;
    if (at === this.length && length <= this.numbers.length) {
      this.length = length;
      return;
    }
    const wider = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const result =
        array.length < length ? new Int32Array(Math.ceil(length * 1.5)) : (array as Int32Array<ArrayBuffer>);
      if (result !== array) result.set(array);
      if (at < this.length) result.copyWithin(at + count, at, this.length);
      return result;
    };
    [this.numbers, this.firsts, this.shapes] = [wider(this.numbers), wider(this.firsts), wider(this.shapes)];
    this.length = length;
  }
}

export const noHits = new HitList();

/** Where a term occurs: at all places of these stems and at these phrase hits; in how many calls. */
export interface Whereabouts {
  readonly singles: readonly number[];
  readonly hits: HitList;
  readonly calls: number;
}

/** A term to look up; `slop`: the number of foreign words allowed in a phrase. */
export interface TermQuery {
  term: Term;
  slop: number;
}

/** A term that was looked up, with its forms in the collection's numbers. */
export class CachedTerm implements Whereabouts {
  readonly hits = new HitList();
  calls = 0;
  /** The forms whose stems are all in the collection, in the term's order. */
  usable: NumberedForm[] = [];
  singles: number[] = [];
  finder = new FormFinder([], 0);
  private readonly numbered: (NumberedForm | null)[];
  /** Equal for terms that occur at the same places. */
  readonly key: string;
  readonly forms: Form[];
  private readonly slop: number;

  constructor({ term, slop }: TermQuery) {
    this.forms = term.forms;
    this.slop = slop;
    this.key = `${slop} ${term.lookup}`;
    this.numbered = this.forms.map(() => null);
  }

  use(index: number, form: NumberedForm): void {
    this.numbered[index] = form;
    this.usable = this.numbered.filter((f) => f !== null);
    this.finder = new FormFinder(this.usable, this.slop);
    this.singles = [...new Set(this.usable.flatMap((f) => (f.stems.length === 1 ? f.stems : [])))];
  }
}
