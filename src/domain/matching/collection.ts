import type { Language } from '../profile/profile.js';
import { fieldKinds, type MatchableCall } from './fields.js';
import { findForms, type Hit, type NumberedForm } from './find.js';
import { indexCall, placesOf, type IndexedCall } from './indexed-call.js';
import type { Term } from './terms.js';

/** Where a term stands in a collection. */
export interface Finding {
  /** The calls that hold it, by number. */
  calls: Iterable<number>;
  /** In how many calls it stands. */
  count: number;
  hits: (number: number) => Hit[];
}

interface Remembered {
  /** The last call that was looked through for this phrase. */
  upTo: number;
  hits: Map<number, Hit[]>;
}

const mostPhrases = 50_000;

/** The calls of one language. A call has a number, given once; a call that is put again gets a new one. */
export class Collection {
  readonly calls = new Map<number, IndexedCall>();
  private readonly numbers = new Map<string, number>();
  private readonly stemIds = new Map<string, number>();
  /** The numbers of the calls that hold a stem, ascending, by the stem's id. */
  private readonly postings: number[][] = [];
  private readonly phrases = new Map<string, Remembered>();
  private readonly words = new Int32Array(fieldKinds.length);
  private readonly withWords = new Int32Array(fieldKinds.length);
  private last = 0;

  constructor(readonly language: Language) {}

  put(id: string, call: MatchableCall): void {
    this.remove(id);
    const indexed = indexCall(id, call, this.language, (stem) => this.stemId(stem));
    this.last += 1;
    this.calls.set(this.last, indexed);
    this.numbers.set(id, this.last);
    for (const stem of indexed.distinct) this.postings[stem]?.push(this.last);
    this.count(indexed, 1);
  }

  remove(id: string): void {
    const number = this.numbers.get(id);
    const indexed = number === undefined ? undefined : this.calls.get(number);
    if (number === undefined || !indexed) return;
    this.numbers.delete(id);
    this.calls.delete(number);
    for (const stem of indexed.distinct) this.postings[stem] = (this.postings[stem] ?? []).filter((n) => n !== number);
    for (const phrase of this.phrases.values()) phrase.hits.delete(number);
    this.count(indexed, -1);
  }

  /** The calls that hold a stem, by number, ascending. */
  holding(stem: string): readonly number[] {
    return this.postings[this.stemIds.get(stem) ?? -1] ?? [];
  }

  /** Words in a kind of field (by its number) on average, over the calls that have any there. */
  averageLength(kind: number): number {
    const calls = this.withWords[kind] ?? 0;
    return calls === 0 ? 0 : (this.words[kind] ?? 0) / calls;
  }

  /** Where a term stands; `slop` foreign words may stand in a phrase. */
  find(term: Term, slop: number): Finding {
    const [form, ...others] = term.forms;
    const [stem, ...more] = form?.stems ?? [];
    if (stem === undefined || others.length > 0 || more.length > 0) return this.findPhrase(term, slop);
    const calls = this.holding(stem);
    const id = this.stemIds.get(stem) ?? -1;
    const hit = (place: number): Hit => ({ first: place, last: place, loose: false });
    return { calls, count: calls.length, hits: (n) => Array.from(this.calls.has(n) ? placesOf(this.calls.get(n)!, id) : [], hit) };
  }

  private findPhrase(term: Term, slop: number): Finding {
    const key = `${slop} ${term.lookup}`;
    if (this.phrases.size > mostPhrases) this.phrases.clear();
    const phrase = this.phrases.get(key) ?? { upTo: 0, hits: new Map<number, Hit[]>() };
    this.phrases.set(key, phrase);
    if (phrase.upTo < this.last) this.lookThroughNew(term, slop, phrase);
    return { calls: phrase.hits.keys(), count: phrase.hits.size, hits: (n) => phrase.hits.get(n) ?? [] };
  }

  /** Calls never change under their number, so that only those put since the last time are looked through. */
  private lookThroughNew(term: Term, slop: number, phrase: Remembered): void {
    const forms = term.forms.map((f): NumberedForm => ({ ...f, stems: f.stems.map((s) => this.stemIds.get(s) ?? -1) })).filter((f) => !f.stems.includes(-1));
    const candidates = new Set<number>();
    for (const form of forms) {
      const rarest = form.stems.map((s) => this.postings[s] ?? []).reduce((a, b) => (b.length < a.length ? b : a));
      for (let i = rarest.length - 1; i >= 0 && (rarest[i] ?? 0) > phrase.upTo; i -= 1) candidates.add(rarest[i] ?? 0);
    }
    for (const number of candidates) {
      const call = this.calls.get(number);
      const hits = call ? findForms(call, forms, slop) : [];
      if (hits.length > 0) phrase.hits.set(number, hits);
    }
    phrase.upTo = this.last;
  }

  private stemId(stem: string): number {
    let id = this.stemIds.get(stem);
    if (id === undefined) {
      id = this.postings.push([]) - 1;
      this.stemIds.set(stem, id);
    }
    return id;
  }

  private count(call: IndexedCall, sign: 1 | -1): void {
    call.lengths.forEach((length, kind) => {
      if (length === 0) return;
      this.words[kind] = (this.words[kind] ?? 0) + sign * length;
      this.withWords[kind] = (this.withWords[kind] ?? 0) + sign;
    });
  }
}
