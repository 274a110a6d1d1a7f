import { Inject, Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import type { Resolved, SearchedText } from '../calls/domain/index.js';
import type { Profile } from '../profiles/domain/index.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { inTimeSlices } from './time-slices.js';

/** Who asks with these, or for an identifier, asks for the words and nothing else. */
const EXACT = /"|(?:^|\s)-+[\p{L}\p{N}]|\sor\s|^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+){2,}$/iu;
/**
 * So near is what is shown without holding the words: a match that would be told to somebody who works on
 * what is asked for.
 */
const LEAST = 40;
/** What is less near orders what holds the words. */
const FLOOR = 15;
const MOST_NEAR = 1_000;
/** French is written in several ways in English; behind the third they are not what was meant. */
const MOST_FORMS = 3;

/** Finds calls by words in both languages, and by what they mean. */
@Injectable()
export class CallFinder {
  /**
   * Who types waits no longer for what is near in meaning: much may be new that is read into the index first.
   */
  patienceMs = 1_000;

  constructor(
    private readonly corpus: Corpus,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Begins to read the calls, and then looks for something once where there are any: by code that is not yet
   * compiled the first search takes ten times as long.
   */
  prepare(): void {
    // Whatever goes wrong is told to the one who searches.
    this.corpus
      .refresh()
      .then(() => this.corpus.versions.size > 0 && this.resolve({ q: 'energy' }))
      .catch(() => undefined);
  }

  /**
   * The filter with what its words look for. Without `meaning` calls are found by their words alone, and
   * nothing is waited for.
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

/** Whoever works on what is asked for, and on nothing else. */
const profileOf = (q: string): Profile => ({
  id: 'search',
  name: q,
  language: 'fr',
  confirmed: false,
  contacts: [],
  competences: [{ label: q, description: '', keywords: [q], exclusions: [], weight: 1 }],
});
