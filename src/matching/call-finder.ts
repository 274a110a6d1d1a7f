import { Inject, Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import type { Resolved, SearchedText } from '../calls/domain/searched-text.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { inTimeSlices } from '../kernel/time-slices.js';

/** Queries with these operators, and identifiers, are searched for their words alone. */
const EXACT = /"|(?:^|\s)-+[\p{L}\p{N}]|\sor\s|^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+){2,}$/iu;
/**
 * Minimum score of a call that is shown without containing the words: a match that would be reported to
 * someone working on this subject.
 */
const LEAST = 40;
/** Below this score, nearness in meaning only ranks the calls that contain the words. */
const FLOOR = 15;
const MOST_NEAR = 1_000;
/** A French phrase has several English forms; those after the third are rarely what was meant. */
const MOST_FORMS = 3;

/** Finds calls by their words, in both languages, and by meaning. */
@Injectable()
export class CallFinder {
  /** Timeout of the search by meaning: many new calls may first have to be read into the index. */
  patienceMs = 1_000;

  constructor(
    private readonly corpus: Corpus,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Starts reading the calls, then runs one search if there are any: in code that has not been compiled yet,
   * the first search takes ten times as long.
   */
  prepare(): void {
    // Any error is reported to the next search.
    this.corpus
      .refresh()
      .then(() => this.corpus.versions.size > 0 && this.resolve({ q: 'energy' }))
      .catch(() => undefined);
  }

  /**
   * Returns the filter with its query resolved. Without `meaning`, calls are found by their words alone and
   * nothing is awaited.
   */
  async resolve<T extends { q?: string | undefined }>(
    { q, ...filter }: T,
    { meaning = true }: { meaning?: boolean } = {},
  ): Promise<Resolved<T>> {
    if (q === undefined) return filter;
    return { ...filter, text: await this.searched(q, meaning) };
  }

  private async searched(q: string, meaning: boolean): Promise<SearchedText> {
    if (EXACT.test(q)) return { forms: [q], near: new Map(), least: LEAST };
    return { forms: this.forms(q), near: meaning ? await this.near(q) : new Map(), least: LEAST };
  }

  private forms(q: string): string[] {
    const { terminology } = this.corpus.model;
    const translated = terminology.languageOf(q, 'en') === 'fr' ? terminology.translations(q) : [];
    return [...new Set([q, ...translated])].slice(0, MOST_FORMS);
  }

  private async near(q: string): Promise<Map<string, number>> {
    const patience = AbortSignal.timeout(this.patienceMs);
    const { matcher } = this.corpus;
    const found = this.corpus.asItIs(() =>
      inTimeSlices(
        matcher.best({ profile: profileOf(q) }, this.settings.matching, { floor: FLOOR, limit: MOST_NEAR }),
        patience,
      ),
    );
    const calls = await pTimeout(found, { milliseconds: Infinity, signal: patience }).catch(
      (error: Error) => {
        if (patience.aborted) return [];
        throw error;
      },
    );
    return new Map(calls.map(({ id, score }) => [id, score]));
  }
}

/** A profile that works on the query and on nothing else. */
const profileOf = (q: string): Profile => ({
  id: 'search',
  name: q,
  language: 'fr',
  confirmed: false,
  contacts: [],
  competences: [{ label: q, description: '', keywords: [q], exclusions: [], weight: 1 }],
});
