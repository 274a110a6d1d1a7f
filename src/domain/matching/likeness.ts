import type { Language } from '../profile/profile.js';
import type { MatchableCall } from './fields.js';
import { tokenise } from './tokenise.js';

/** How alike two calls are, by their ids: 0 not at all, 1 the same. */
export type Alike = (a: string, b: string) => number;

/** What a call is about stands here; of each as much as says it, since what follows are the usual obligations. */
const TELLING = new Set(['summary', 'expected-outcome', 'scope', 'objective', 'specific-challenge']);
const LONGEST = 3_000;
/** A word of the title counts like so many in the text. */
const TITLE = 3;
/** As many calls without a word are thought to stand beside the known ones, so that in a small collection not every word is rare. */
const IMAGINED = 100;

/** The stems of a call, ascending by number, each with how often it stands there. */
interface Words { stems: Int32Array; counts: Float32Array }

const textsOf = ({ title, keywords, sections }: MatchableCall): string[] =>
  [...Array.from({ length: TITLE }, () => title), ...keywords, ...sections.filter((s) => TELLING.has(s.kind)).map((s) => s.text.slice(0, LONGEST))];

/**
 * How alike calls are in their words: the cosine of their tf-idf vectors (Manning, Raghavan & Schütze 2008, 6.3). A rare word that
 * both have says much, a usual one little.
 */
export class Likeness {
  private readonly calls = new Map<string, Words>();
  private readonly numbers = new Map<string, number>();
  /** In how many calls each stem stands. */
  private readonly holding: number[] = [];
  /** Made when they are asked for: each call that comes changes how rare words are. */
  private vectors = new Map<string, Float32Array>();

  put(id: string, call: MatchableCall): void {
    this.remove(id);
    const counts = new Map<number, number>();
    const language: Language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
    for (const text of textsOf(call)) for (const { stem } of tokenise(text, language)) counts.set(this.number(stem), (counts.get(this.number(stem)) ?? 0) + 1);
    const sorted = [...counts].sort(([a], [b]) => a - b);
    for (const [stem] of sorted) this.holding[stem] = (this.holding[stem] ?? 0) + 1;
    this.calls.set(id, { stems: Int32Array.from(sorted, ([stem]) => stem), counts: Float32Array.from(sorted, ([, count]) => count) });
    this.vectors = new Map();
  }

  remove(id: string): void {
    for (const stem of this.calls.get(id)?.stems ?? []) this.holding[stem] = (this.holding[stem] ?? 1) - 1;
    this.calls.delete(id);
  }

  /** 0 where one of them is not known. */
  of(a: string, b: string): number {
    const [one, other] = [this.calls.get(a), this.calls.get(b)];
    if (!one || !other) return 0;
    const [u, v] = [this.vector(a, one), this.vector(b, other)];
    let [i, j, product] = [0, 0, 0];
    while (i < u.length && j < v.length) {
      const apart = one.stems[i]! - other.stems[j]!;
      if (apart === 0) product += u[i]! * v[j]!;
      if (apart <= 0) i += 1;
      if (apart >= 0) j += 1;
    }
    return Math.min(1, product);
  }

  private vector(id: string, { stems, counts }: Words): Float32Array {
    const known = this.vectors.get(id);
    if (known) return known;
    const all = this.calls.size + IMAGINED;
    const weights = counts.map((count, i) => (1 + Math.log(count)) * Math.log(all / (this.holding[stems[i]!] ?? 1)));
    const length = Math.sqrt(weights.reduce((n, w) => n + w * w, 0));
    const vector = weights.map((w) => (length === 0 ? 0 : w / length));
    this.vectors.set(id, vector);
    return vector;
  }

  private number(stem: string): number {
    const known = this.numbers.get(stem);
    if (known !== undefined) return known;
    this.numbers.set(stem, this.numbers.size);
    return this.numbers.size - 1;
  }
}
