import { Inject, Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import {
  isIdentifier,
  queryWords,
  type Resolved,
  type SearchedText,
  type SearchedWord,
  wordsOnly,
} from '../calls/domain/searched-text.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { inTimeSlices, type Steps } from '../kernel/time-slices.js';
import { bare, fold } from '../kernel/stem.js';
import { isStopWord, isStopWordAnywhere } from './domain/analysis/tokenise.js';
import type { AnalysedLanguage } from '../kernel/language.js';

const QUOTES = /[“”„‟«»]/gu;
/** Queries with these operators are searched for their words alone, in search syntax. */
const OPERATORS = /"|(?:^|\s)-+[\p{L}\p{N}]|\sor\s/iu;
/** Below this score, nearness in meaning only ranks the calls that contain the words. */
const FLOOR = 15;
const MOST_NEAR = 1_000;
/** A phrase may be written in several ways; those after the eighth are rarely what was meant. */
const MOST_READINGS = 8;
/** A query with more unknown words is no question about calls. */
const MOST_UNKNOWN = 4;
/** An identifier with as many parts is also searched for without the last: the other topics of its call. */
const WHOLE_IDENTIFIER = 5;
/** The most ways in which the unknown words of a query are taken together. */
const MOST_WAYS = 4;

/** The most phrases of a call that say why it is near, and the most words that are offered instead. */
const [MOST_PHRASES, MOST_WORDS] = [2, 5];

/** A query as it is read: with its unknown words replaced by known ones, or taken for beginnings. */
interface Spelled {
  text: string;
  begins: ReadonlySet<string>;
}

/** The ways in which a query may have been meant. */
type SpelledQuery = Pick<SearchedText, 'inTitles'> & { spelled: Spelled[] };

/** The same, and the calls that are close to its meaning. */
type ReadQuery = Pick<SearchedText, 'near' | 'meaning'> & SpelledQuery;

/** Finds calls by their words, in both languages, and by meaning. */
@Injectable()
export class CallFinder {
  /** Timeout of the search by meaning: many new calls may first have to be read into the index. */
  patienceMs = 1_000;
  /**
   * A half word whose words stand in more calls is looked for in titles and identifiers alone: ordering as
   * many calls takes longer than somebody who is typing would wait.
   */
  mostOfHalfWord = 5_000;

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

  private async searched(asked: string, meaning: boolean): Promise<SearchedText> {
    const q = asked.replace(QUOTES, '"');
    const near = new Map<string, number>();
    const exact = { near, meaning: null, identifier: false, inTitles: false, meant: [] };
    if (OPERATORS.test(q)) return { ...exact, typed: q, readings: [] };
    const isSentence = /\s/.test(q) && queryWords(q).some(isStopWordAnywhere);
    if (isIdentifier(q) && !isSentence) {
      const parts: SearchedWord[] = queryWords(q).map((word) => ({ word }));
      const [call, last] = [parts.slice(0, -1), { ...parts.at(-1)!, begins: true }];
      // As it is, or still being typed; of a whole one, the other topics of its call too.
      const ways = [parts, [...call, last], ...(parts.length < WHOLE_IDENTIFIER ? [] : [call])];
      return { ...exact, typed: null, readings: ways, identifier: true };
    }
    const { spelled, ...close } = meaning ? await this.near(q) : { spelled: [] };
    const all = [{ text: q, begins: new Set<string>() }, ...spelled];
    // The same words with their accents are no others.
    const isOther = (text: string): boolean => wordsOnly(text) !== wordsOnly(q);
    const meant = spelled
      .filter(({ text, begins }) => begins.size === 0 && isOther(text))
      .map(({ text }) => text);
    const readings = all.flatMap((one) => this.readings(one)).filter((words) => words.length > 0);
    const typed = readings.length === 0 || this.isFrench(q) ? null : q;
    return { ...exact, ...close, typed, readings, meant };
  }

  /** Returns the languages that words as typed may be of: "fabrication additive" could be both. */
  private languagesOf(q: string): AnalysedLanguage[] {
    const { terminology } = this.corpus.model;
    const [language, other] = [terminology.languageOf(q, 'en'), terminology.languageOf(q, 'fr')];
    return language === other || !terminology.isFrenchTerm(q) ? [language] : ['fr', 'en'];
  }

  /** Whether a query is French: several words that together are a French term are no English ones. */
  private isFrench(q: string): boolean {
    const [language, other] = this.languagesOf(q);
    return language === 'fr' && (other === undefined || /\s/.test(q));
  }

  /** Returns the ways calls may write the query, the typed one first; stop words are left out. */
  private readings({ text, begins }: Spelled): SearchedWord[][] {
    const { terminology } = this.corpus.model;
    const languages = this.languagesOf(text);
    const ways = languages.flatMap((language) =>
      terminology.readings(text, language, 'en').slice(0, MOST_READINGS),
    );
    const isStop = (word: string): boolean =>
      languages.includes('en') ? isStopWord(word, word, 'en') : isStopWordAnywhere(word);
    return [...new Set([text, ...ways].map((way) => queryWords(way).join(' ')))].map((way) =>
      way
        .split(' ')
        .filter((word) => word !== '' && !isStop(word))
        .map((word) => (begins.has(word) ? { word, begins: true } : { word })),
    );
  }

  /** Returns the phrases of some calls that are close to a text in meaning, by call: why they are near. */
  async phrasesNear(meaning: string, callIds: readonly string[]): Promise<Map<string, string[]>> {
    const { matcher } = this.corpus;
    const [wanted, settings] = [{ profile: profileOf(meaning) }, this.settings.matching];
    return this.inTime(new Map<string, string[]>(), function* () {
      const phrases = new Map<string, string[]>();
      for (const id of callIds) {
        const { evidence = [] } = (yield* matcher.explaining(id, wanted, settings)) ?? {};
        const terms = evidence.filter(({ signal }) => signal === 'meaning').map(({ term }) => term);
        phrases.set(id, terms.filter((term) => term !== '').slice(0, MOST_PHRASES));
        yield;
      }
      return phrases;
    });
  }

  /** Returns words of the calls' own that are close to a query in meaning; none for one without meaning. */
  async wordsNear(q: string): Promise<string[]> {
    const { matcher } = this.corpus;
    const language = this.isFrench(q) ? 'fr' : 'en';
    return this.inTime([], () => matcher.wordsNear(q, language, MOST_WORDS));
  }

  /** Returns the calls that are close to the query, and the ways its unknown words may have been meant. */
  private async near(q: string): Promise<ReadQuery> {
    const { matcher } = this.corpus;
    const { matching } = this.settings;
    const spelling = this.spelled(q);
    const late: ReadQuery = { spelled: [], inTitles: false, near: new Map(), meaning: null };
    return this.inTime(late, function* () {
      const { spelled, inTitles } = yield* spelling;
      const meaning = spelled.find(({ begins }) => begins.size === 0)?.text ?? q;
      const wanted = { floor: FLOOR, limit: MOST_NEAR };
      const calls = yield* matcher.best({ profile: profileOf(meaning) }, matching, wanted);
      return { spelled, inTitles, near: new Map(calls.map(({ id, score }) => [id, score])), meaning };
    });
  }

  /** Returns the result of work on the index; `late` if reading new calls or the work takes too long. */
  private async inTime<T>(late: T, work: () => Steps<T>): Promise<T> {
    const patience = AbortSignal.timeout(this.patienceMs);
    const done = this.corpus.asItIs(() => inTimeSlices(work(), patience));
    return pTimeout(done, { milliseconds: Infinity, signal: patience }).catch((error: Error) => {
      if (patience.aborted) return late;
      throw error;
    });
  }

  /**
   * Returns the query with its unknown words as beginnings of known ones, and with known words in their
   * place; nothing if all are known. A half word that very many calls have stays as it is.
   */
  private *spelled(q: string): Steps<SpelledQuery> {
    const { matcher } = this.corpus;
    const asTyped: SpelledQuery = { spelled: [], inTitles: false };
    const written = fold(q).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    const unknown = written
      .filter((word) => !/\p{N}/u.test(word) && !isStopWordAnywhere(bare(word)) && !matcher.knows(word))
      .flatMap((word) => queryWords(word));
    if (unknown.length === 0 || unknown.length > MOST_UNKNOWN) return asTyped;
    const [begins, wide] = [new Set<string>(), new Set<string>()];
    let ways = [queryWords(q)];
    for (const typed of unknown) {
      const { begins: isBeginning, words, calls } = yield* matcher.spelling(typed);
      if (words.length === 0) return asTyped;
      if (isBeginning) begins.add(typed);
      if (calls > this.mostOfHalfWord) wide.add(typed);
      else
        ways = ways
          .flatMap((way) => words.map((word) => way.map((one) => (one === typed ? word : one))))
          .slice(0, MOST_WAYS);
    }
    const meant = ways.map((way) => ({ text: way.join(' '), begins: wide }));
    return {
      spelled: [...(begins.size > 0 ? [{ text: q, begins }] : []), ...meant],
      inTitles: wide.size > 0,
    };
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
