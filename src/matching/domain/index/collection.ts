import type { AnalysedLanguage } from '../../../kernel/language.js';
import { noHits } from './hit-list.js';
import { CallReader, indexCall, type IndexedCall } from './indexed-call.js';
import { addToPostings, noPosting, removeFromPostings, type Posting } from './postings.js';
import type { TokenisedField } from './tokenised-call.js';
import type { Steps } from '../scoring/steps.js';
import type { Whereabouts, TermQuery } from './cached-term.js';
import type { Known } from './term-scan.js';
import { TermCache } from './term-cache.js';

/** The calls of one language, by number. Numbers are assigned by the caller and reused after removal. */
export class Collection implements Known {
  size = 0;
  /** Incremented on every change: results obtained in the same state are still valid. */
  state = 0;
  readonly memory = new TermCache(this);
  private readonly calls: (IndexedCall | undefined)[] = [];
  private readonly stemIds = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly postings: Posting[] = [];
  /** Calls not yet checked against the cached terms. */
  private readonly fresh = new Set<number>();
  private reader?: CallReader;

  constructor(readonly language: AnalysedLanguage) {}

  put(number: number, fields: readonly TokenisedField[]): void {
    const indexed = indexCall(fields, (stem) => this.stemId(stem));
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
  read(number: number): CallReader {
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

  /** Returns where a one-word term occurs. */
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

  /** Returns the stem with that number. */
  nameOf(stem: number): string {
    return this.names[stem] ?? '';
  }

  private stemId(stem: string): number {
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
