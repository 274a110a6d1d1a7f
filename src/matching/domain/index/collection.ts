import { type Hit, CachedTerm, noHits, type TermQuery, type Whereabouts } from './cached-term.js';
import {
  CallReader,
  firstWord,
  indexCall,
  type IndexedCall,
  STEM_SHIFT,
  type TokenisedField,
  wordsIn,
} from './indexed-call.js';
import {
  PhraseTable,
  addToPostings,
  holdingAll,
  noPosting,
  NUMBER_SHIFT,
  type Posting,
  removeFromPostings,
  stemsOf,
  ArchivedTerms,
} from './postings.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';

/** Calls of a collection that are counted, but not in memory. */
export interface Archive {
  /**
   * Reports the words of these calls, in the collection's numbers and without their places in the text.
   * `wanted`: only calls that contain all stems of one of these lists; null for all.
   */
  each(wanted: readonly number[][] | null, tell: (call: IndexedCall) => void): Promise<void>;
}

/** What the archive counts: calls, those with each stem, and with each of some terms, by its hash. */
export interface ArchiveCounts {
  calls: number;
  stems: ReadonlyMap<number, number>;
  terms: ReadonlyMap<string, number>;
}

/** The part of the collection that a term scan needs. */
interface Known {
  readonly archive: Archive | null;
  /** The number of calls in the archive, and of those that contain a stem. */
  readonly archived: number;
  archivedWith(stem: number): number;
  readonly archivedTerms: ArchivedTerms;
  stemOf(stem: string): number | undefined;
  posting(stem: number): Posting | undefined;
  call(number: number): IndexedCall | undefined;
  /** One more than the highest call number. */
  readonly end: number;
  /** One more than the highest stem number. */
  readonly stems: number;
}

/**
 * Calls read per step: in code that has not been compiled yet, the first calls take twenty times as long as
 * later ones.
 */
const AT_A_TIME = 20;
/** Up to this many terms, only calls that may contain one are read; for more, that would be nearly all. */
const FEW = 12;
/** The same for the ways to write terms, and calls in the archive. */
const FEW_FORMS = 60;

class TermScan {
  constructor(private readonly known: Known) {}

  /** Returns the hits of phrases in one call by term, in text order; terms without a hit are left out. */
  hitsIn(call: IndexedCall, terms: Iterable<CachedTerm>): Map<CachedTerm, Hit[]> {
    const hits = new Map<CachedTerm, Hit[]>();
    const table = new PhraseTable(this.known.stems);
    for (const term of terms) table.add(term);
    table.read(call, (term, hit) => {
      const known = hits.get(term);
      if (known) known.push(hit);
      else hits.set(term, [hit]);
    });
    return hits;
  }

  /** Records all occurrences of the terms, which must have none recorded yet. */
  *all(terms: readonly CachedTerm[]): Steps<void> {
    if (terms.length === 0) return;
    const table = new PhraseTable(this.known.stems);
    for (const term of terms) {
      table.add(term);
      yield;
    }
    const may = terms.length > FEW ? null : yield* this.mayHold(terms);
    for (let number = 0, looked = 0; number < this.known.end; number += 1) {
      const call = may?.[number] === 0 ? undefined : this.known.call(number);
      if (!call) continue;
      table.read(call, (term, hit) => term.hits.add(number, [hit]));
      looked += 1;
      if (looked % AT_A_TIME === 0) yield;
    }
    const holds = new Uint8Array(this.known.end);
    for (const term of terms) {
      term.calls = this.countCalls(term, holds);
      yield;
    }
  }

  /** Adds the calls of the archive to the counts of terms; returns how many had to be looked for there. */
  *archived(terms: readonly CachedTerm[]): Steps<number> {
    const { archive, archivedTerms } = this.known;
    if (!archive || this.known.archived === 0) return 0;
    const unknown = yield* archivedTerms.addTo(terms, this.known.stems);
    yield* this.lookedFor(unknown, archive);
    return unknown.length;
  }

  private *lookedFor(terms: readonly CachedTerm[], archive: Archive): Steps<void> {
    const table = new PhraseTable(this.known.stems);
    const singles = new Map<number, CachedTerm[]>();
    const wanted = new Map<string, number[]>();
    for (const term of terms) {
      table.add(term);
      // How many calls contain a single word is known; only other ways to write it are looked for.
      const [only, ...others] = term.singles;
      if (only !== undefined && others.length === 0) term.calls += this.known.archivedWith(only);
      else for (const stem of term.singles) singles.set(stem, [...(singles.get(stem) ?? []), term]);
      for (const { stems } of term.usable) {
        if (stems.length === 1 && others.length === 0) continue;
        const all = [...new Set(stems)].sort((x, y) => x - y);
        wanted.set(all.join(), all);
      }
      yield;
    }
    if (wanted.size === 0) return;
    const holding = new Set<CachedTerm>();
    yield archive.each(wanted.size > FEW_FORMS ? null : [...wanted.values()], (call) => {
      holding.clear();
      table.read(call, (term) => holding.add(term));
      for (const stem of singles.size > 0 ? stemsOf(call) : [])
        for (const term of singles.get(stem) ?? []) holding.add(term);
      for (const term of holding)
        if (term.singles.length !== 1 || !holds(call, term.singles[0]!)) term.calls += 1;
    });
  }

  /** Returns 1 for each call that contains all words of one of the phrases. */
  private *mayHold(terms: readonly CachedTerm[]): Steps<Uint8Array> {
    const may = new Uint8Array(this.known.end);
    for (const { stems } of terms.flatMap(({ usable }) => usable)) {
      if (stems.length === 1) continue;
      for (const number of holdingAll([...new Set(stems)].map((s) => this.known.posting(s) ?? noPosting)))
        may[number] = 1;
      yield;
    }
    return may;
  }

  /** Returns the number of calls in memory that contain a term; `holds` is an all-zero buffer. */
  countCalls({ singles, hits }: CachedTerm, holds: Uint8Array): number {
    let count = 0;
    for (const stem of singles) count += markCalls(this.known.posting(stem) ?? noPosting, holds);
    for (let i = 0; i < hits.length; i += 1)
      if (hits.numbers[i] !== hits.numbers[i - 1] && holds[hits.numbers[i]!] === 0) count += 1;
    if (singles.length > 0) holds.fill(0);
    return count;
  }
}

function holds(call: IndexedCall, stem: number): boolean {
  for (let i = firstWord(call), end = i + wordsIn(call); i < end; i += 1)
    if (call[i]! >>> STEM_SHIFT === stem) return true;
  return false;
}

/** Marks the calls containing a stem; returns how many were not marked before. */
function markCalls(posting: Posting, holds: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < posting.length; i += 1) {
    const number = posting.entries[i]! >>> NUMBER_SHIFT;
    count += 1 - holds[number]!;
    holds[number] = 1;
  }
  return count;
}

const mostTerms = 50_000;

/** A form to look up in each new call that contains one of its stems. */
interface Watch {
  term: CachedTerm;
  index: number;
}

function push<K>(map: Map<K, Watch[]>, key: K, watch: Watch): void {
  const known = map.get(key);
  if (known) known.push(watch);
  else map.set(key, [watch]);
}

/**
 * Caches where looked-up terms occur. A new call is checked only against terms that share a stem with it:
 * finding all terms of all profiles in one call costs less than reading it.
 */
class TermCache {
  /** Changes when the cache is cleared; earlier results are then no longer kept up to date. */
  generation = 0;
  /** Terms that were looked for in the archive since its counts were kept. */
  unkept = 0;
  private readonly terms = new Map<string, CachedTerm>();
  private readonly byStem = new Map<number, Watch[]>();
  private readonly awaited = new Map<string, Watch[]>();
  private readonly search: TermScan;

  constructor(private readonly known: Known) {
    this.search = new TermScan(known);
  }

  get isEmpty(): boolean {
    return this.terms.size === 0;
  }

  /** Clears the cache when it is too large: many draft profiles are tried only once. */
  makeRoom(): void {
    if (this.terms.size <= mostTerms) return;
    for (const map of [this.terms, this.byStem, this.awaited]) map.clear();
    this.generation += 1;
  }

  /** Returns where a term occurs. The result stays correct when calls are added or removed. */
  *whereabouts(termQuery: TermQuery): Steps<Whereabouts> {
    yield* this.lookFor([termQuery]);
    return this.terms.get(new CachedTerm(termQuery).key)!;
  }

  /** Returns in how many calls each term occurs. Nothing is cached: a text has thousands of phrases. */
  *counts(termQueries: readonly TermQuery[]): Steps<number[]> {
    const terms: CachedTerm[] = [];
    for (const termQuery of termQueries) {
      const fresh = new CachedTerm(termQuery);
      fresh.forms.forEach((_, index) => this.use({ term: fresh, index }));
      terms.push(fresh);
      yield;
    }
    const usable = terms.filter((t) => t.usable.length > 0);
    yield* this.search.all(usable);
    yield* this.search.archived(usable);
    return terms.map((t) => t.calls);
  }

  /** Looks up terms in one pass, which is many times faster than one by one. Cached terms are skipped. */
  *lookFor(termQueries: readonly TermQuery[]): Steps<void> {
    const fresh = new Map<string, CachedTerm>();
    for (const termQuery of termQueries) {
      const term = new CachedTerm(termQuery);
      if (this.terms.has(term.key) || fresh.has(term.key)) continue;
      fresh.set(term.key, term);
      term.forms.forEach((_, index) => this.use({ term, index }));
      yield;
    }
    if (fresh.size === 0) return;
    yield* this.search.all([...fresh.values()]);
    this.unkept += yield* this.search.archived([...fresh.values()]);
    // Not earlier: the caller may stop between steps.
    for (const [key, term] of fresh) {
      this.terms.set(key, term);
      term.forms.forEach((_, index) => this.watch({ term, index }));
      yield;
    }
  }

  /** Handles a stem that no call has contained before. */
  newStem(stem: string, id: number): void {
    const watches = this.awaited.get(stem);
    this.awaited.delete(stem);
    for (const watch of watches ?? []) {
      this.use(watch);
      this.watch(watch, id);
    }
  }

  put(call: IndexedCall, number: number): void {
    const stems = new Set(stemsOf(call));
    const terms = this.watching(stems);
    const hits = this.search.hitsIn(call, terms);
    for (const term of terms) {
      if (!hits.has(term) && !term.singles.some((s) => stems.has(s))) continue;
      term.calls += 1;
      term.hits.add(number, hits.get(term) ?? []);
    }
  }

  /** Counts a call that is not in memory, or no longer (`by` -1). */
  count(call: IndexedCall, by: 1 | -1): void {
    const stems = new Set(stemsOf(call));
    const terms = this.watching(stems);
    const hits = this.search.hitsIn(call, terms);
    for (const term of terms) if (hits.has(term) || term.singles.some((s) => stems.has(s))) term.calls += by;
  }

  /** Returns in how many calls of the archive each cached term occurs, by its hash. */
  *inArchive(): Steps<Map<string, number>> {
    const calls = new Map<string, number>();
    const holds = new Uint8Array(this.known.end);
    for (const term of this.terms.values()) {
      calls.set(this.known.archivedTerms.hashOf(term), term.calls - this.search.countCalls(term, holds));
      yield;
    }
    return calls;
  }

  remove(call: IndexedCall, number: number): void {
    const stems = new Set(stemsOf(call));
    for (const term of this.watching(stems)) {
      if (!term.hits.has(number) && !term.singles.some((s) => stems.has(s))) continue;
      term.calls -= 1;
      term.hits.remove(number);
    }
  }

  /** Activates a form if all its stems are in the collection. */
  private use({ term, index }: Watch): void {
    const form = term.forms[index];
    const stems = form?.stems.map((s) => this.known.stemOf(s) ?? -1) ?? [];
    if (form && stems.length > 0 && !stems.includes(-1)) term.use(index, { ...form, stems });
  }

  /** `rarest`: a stem that no call has contained before. */
  private watch(watch: Watch, rarest?: number): void {
    const stems = watch.term.forms[watch.index]?.stems ?? [];
    const unknown = stems.find((s) => this.known.stemOf(s) === undefined);
    if (unknown !== undefined) return push(this.awaited, unknown, watch);
    const callsOf = (stem: number): number => this.known.posting(stem)?.calls ?? 0;
    const ids = stems.map((s) => this.known.stemOf(s) ?? -1);
    if (ids.length > 0)
      push(this.byStem, rarest ?? ids.reduce((a, b) => (callsOf(b) < callsOf(a) ? b : a)), watch);
  }

  private watching(stems: Iterable<number>): Set<CachedTerm> {
    const terms = new Set<CachedTerm>();
    for (const stem of stems) for (const { term } of this.byStem.get(stem) ?? []) terms.add(term);
    return terms;
  }
}

/**
 * The calls of one language, by number. Numbers are assigned by the caller and reused after removal. How many
 * calls contain a word or a phrase includes calls that are only counted.
 */
export class Collection implements Known {
  /** The number of calls, with those that are only counted. */
  size = 0;
  archive: Archive | null = null;
  archived = 0;
  readonly archivedTerms: ArchivedTerms;
  /** Incremented on every change: results obtained in the same state are still valid. */
  state = 0;
  readonly memory = new TermCache(this);
  private readonly calls: (IndexedCall | undefined)[] = [];
  private readonly stemIds = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly postings: Posting[] = [];
  /** By stem, the last counting of a call that contains it: a stem counts once per call. */
  private readonly countedIn: number[] = [];
  private countings = 0;
  private unkept = 0;
  /** Calls not yet checked against the cached terms. */
  private readonly fresh = new Set<number>();
  private reader?: CallReader;

  constructor(readonly language: AnalysedLanguage) {
    this.archivedTerms = new ArchivedTerms(language);
  }

  read(fields: readonly TokenisedField[]): IndexedCall {
    return indexCall(fields, (stem) => this.numberOf(stem));
  }

  put(number: number, indexed: IndexedCall): void {
    while (this.calls.length < number) this.calls.push(undefined);
    this.calls[number] = indexed;
    this.size += 1;
    this.state += 1;
    addToPostings(this.postings, number, indexed);
    this.fresh.add(number);
  }

  remove(number: number): void {
    const indexed = this.calls[number];
    if (!indexed) return;
    this.calls[number] = undefined;
    this.size -= 1;
    this.state += 1;
    removeFromPostings(this.postings, number, indexed);
    if (!this.fresh.delete(number)) this.memory.remove(indexed, number);
  }

  /** Counts a call that is not in memory, or no longer (`by` -1). */
  count(call: IndexedCall, by: 1 | -1): void {
    this.countings += 1;
    for (let i = firstWord(call), end = i + wordsIn(call); i < end; i += 1) {
      const stem = call[i]! >>> STEM_SHIFT;
      if (this.countedIn[stem] === this.countings) continue;
      this.countedIn[stem] = this.countings;
      this.postings[stem]!.calls += by;
    }
    if (!this.memory.isEmpty) this.memory.count(call, by);
    this.archivedTerms.note(call, by);
    this.size += by;
    this.archived += by;
    this.unkept += 1;
    this.state += 1;
  }

  /** Takes over what another process has counted; before anything is counted here. */
  restore({ calls, stems, terms }: ArchiveCounts): void {
    for (const [stem, count] of stems) this.postings[stem]!.calls += count;
    this.archivedTerms.take(terms);
    this.size += calls;
    this.archived += calls;
    this.state += 1;
  }

  /** Returns what the archive counts of stems and of the terms that are looked up. */
  *archiveCounts(): Steps<ArchiveCounts> {
    yield* this.catchUp();
    const terms = yield* this.memory.inArchive();
    const stems = new Map<number, number>();
    for (let stem = 0; stem < this.postings.length; stem += 1) {
      const calls = this.archivedWith(stem);
      if (calls > 0) stems.set(stem, calls);
      if (stem % 1_000 === 0) yield;
    }
    return { calls: this.archived, stems, terms };
  }

  /** How many calls and terms of the archive were counted since that was kept. */
  get uncounted(): number {
    return this.unkept + this.memory.unkept;
  }

  /** Notes that its counts, as they are, are kept for other processes. */
  kept(terms: ArchiveCounts['terms']): void {
    this.archivedTerms.take(terms);
    this.unkept = this.memory.unkept = 0;
  }

  archivedWith(stem: number): number {
    const { entries, length, calls } = this.postings[stem] ?? noPosting;
    let known = 0;
    for (let i = 0; i < length; i += 1)
      if (i === 0 || entries[i]! >>> NUMBER_SHIFT !== entries[i - 1]! >>> NUMBER_SHIFT) known += 1;
    return calls - known;
  }

  get end(): number {
    return this.calls.length;
  }

  get stems(): number {
    return this.postings.length;
  }

  call(number: number): IndexedCall | undefined {
    return this.calls[number];
  }

  /** Returns a reader for a call; the last one is kept, as one call is often compared with many profiles. */
  readerOf(number: number): CallReader {
    const call = this.calls[number]!;
    if (this.reader?.call !== call) this.reader = new CallReader(call);
    return this.reader;
  }

  stemOf(stem: string): number | undefined {
    return this.stemIds.get(stem);
  }

  posting(stem: number): Posting | undefined {
    return this.postings[stem];
  }

  /** Checks new calls against the cached terms. Must run before any term is looked up. */
  *catchUp(): Steps<void> {
    if (this.memory.isEmpty) this.fresh.clear();
    for (const number of this.fresh) {
      this.memory.put(this.calls[number]!, number);
      this.fresh.delete(number);
      this.state += 1;
      yield;
    }
  }

  whereaboutsOfWord(stem: string): Whereabouts {
    const id = this.stemIds.get(stem);
    return id === undefined
      ? { singles: [], hits: noHits, calls: 0 }
      : { singles: [id], hits: noHits, calls: (this.postings[id] ?? noPosting).calls };
  }

  /** Returns where a term currently occurs. */
  *whereabouts(termQuery: TermQuery): Steps<Whereabouts> {
    yield* this.catchUp();
    return (
      (yield* this.remembered(termQuery)) ?? this.whereaboutsOfWord(termQuery.term.forms[0]?.stems[0] ?? '')
    );
  }

  /** Returns where a term occurs, kept up to date; null for a single word, which is not worth caching. */
  *remembered(termQuery: TermQuery): Steps<Whereabouts | null> {
    return isWord(termQuery) ? null : yield* this.memory.whereabouts(termQuery);
  }

  /** Looks up, in one pass, terms that will be requested. */
  lookFor(termQueries: readonly TermQuery[]): Steps<void> {
    return this.memory.lookFor(termQueries.filter((termQuery) => !isWord(termQuery)));
  }

  callsWith(stem: string): number {
    return this.whereaboutsOfWord(stem).calls;
  }

  nameOf(stem: number): string {
    return this.names[stem] ?? '';
  }

  /** Returns the number of a stem; a stem that is new gets one. */
  numberOf(stem: string): number {
    let id = this.stemIds.get(stem);
    if (id === undefined) {
      id = this.postings.push({ ...noPosting }) - 1;
      this.stemIds.set(stem, id);
      this.names[id] = stem;
      this.memory.newStem(stem, id);
    }
    return id;
  }
}

const isWord = ({ term }: TermQuery): boolean => term.forms.length === 1 && term.forms[0]?.stems.length === 1;
