import type { AnalysedLanguage } from '../../../kernel/language.js';
import { sha256 } from '../../../kernel/hash.js';
import { PhraseTable } from '../analysis/phrase-table.js';
import type { Steps } from '../scoring/steps.js';
import type { CachedTerm } from './cached-term.js';
import { firstWord, type IndexedCall, wordsIn } from './indexed-call.js';
import { stemsOf } from './postings.js';

/** Digits of the hash of a term: none of a million has that of another. */
export const TERM_DIGITS = 32;
/** With more changes than this, terms are looked for in the archive again, which takes no longer. */
const MOST_CHANGES = 2_000;

/** In how many archived calls terms occur, as it was kept, and the calls that joined or left since. */
export class ArchivedTerms {
  private calls: ReadonlyMap<string, number> = new Map();
  private changes: { call: IndexedCall; by: 1 | -1 }[] = [];

  constructor(private readonly language: AnalysedLanguage) {}

  /** What an institute looks for is kept as hashes: it is its own. */
  hashOf({ key }: CachedTerm): string {
    return sha256(`${this.language} ${key}`).slice(0, TERM_DIGITS);
  }

  /** `calls`: by the hashes of terms. */
  take(calls: ReadonlyMap<string, number>): void {
    this.calls = calls;
    this.changes = [];
  }

  /** Notes a call that has joined the archive, or left it (`by` -1). */
  note(call: IndexedCall, by: 1 | -1): void {
    if (this.calls.size === 0) return;
    if (this.changes.length === MOST_CHANGES) return this.take(new Map());
    this.changes.push({ call: call.slice(0, firstWord(call) + wordsIn(call)), by });
  }

  /** Adds the calls of the archive to the counts of known terms; returns the terms that are not known. */
  *addTo(terms: readonly CachedTerm[], stems: number): Steps<CachedTerm[]> {
    const table = new PhraseTable(stems);
    const [known, unknown]: [CachedTerm[], CachedTerm[]] = [[], []];
    for (const term of terms) {
      const calls = this.calls.size === 0 ? undefined : this.calls.get(this.hashOf(term));
      (calls === undefined ? unknown : known).push(term);
      if (calls === undefined) continue;
      term.calls += calls;
      table.add(term);
      yield;
    }
    const holding = new Set<CachedTerm>();
    for (const { call, by } of this.changes) {
      holding.clear();
      table.read(call, (term) => holding.add(term));
      const own = new Set(stemsOf(call));
      for (const term of known)
        if (holding.has(term) || term.singles.some((stem) => own.has(stem))) term.calls += by;
      yield;
    }
    return unknown;
  }
}
