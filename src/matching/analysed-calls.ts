import { Inject, Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import type { AnalysedLanguage } from '../kernel/language.js';
import { eachInTimeSlices, inTimeSlices, type Steps, toEnd } from '../kernel/time-slices.js';
import { MATCHING_MODEL } from '../platform/tokens.js';
import {
  type AnalysedCall,
  decodeAnalysis,
  decodeBag,
  decodeWords,
  encodeAnalysis,
  decodeCounts,
  encodeCounts,
} from './domain/index/analysed-call.js';
import type { Archive, ArchiveCounts } from './domain/index/collection.js';
import { firstWord, type IndexedCall, STEM_SHIFT, wordsIn } from './domain/index/indexed-call.js';
import type { Matcher, MatchingModel } from './domain/scoring/matcher.js';
import {
  AnalysedCallRepository,
  type LastWords,
  type NewWords,
  type ReadCall,
  type Stem,
} from './store/analysed-call.repository.js';

const parsed = (content: string): CallContent => JSON.parse(content) as CallContent;

/** The numbers of stems as they are stored, and in the index of this process. */
interface StemNumbers {
  /** By stored number. */
  local: number[];
  /** By number in the index. */
  stored: number[];
}

/** Reads analysed calls from the database, and analyses those that are not: once for all processes. */
@Injectable()
export class AnalysedCalls {
  private readonly last: LastWords = { stem: 0, form: 0 };
  private readonly numbers: Record<AnalysedLanguage, StemNumbers> = {
    en: { local: [], stored: [] },
    fr: { local: [], stored: [] },
  };

  private buffer = new Int32Array(0);
  /** One look after the other: each holds a connection, and many at once would take all of them. */
  private looked: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: AnalysedCallRepository,
    @Inject(MATCHING_MODEL) private readonly model: MatchingModel,
  ) {}

  /** Analyses and stores those of the calls that are not analysed; `read` knows the others. */
  async analyse(calls: readonly ReadCall[], matcher: Matcher): Promise<ReadonlyMap<string, AnalysedCall>> {
    const { stem, form } = calls[0]?.words ?? this.last;
    if (stem > this.last.stem || form > this.last.form) await this.learnNew(matcher);
    const unknown = calls.filter(({ analysis }) => analysis === null);
    const fresh = await eachInTimeSlices(unknown, ({ id, seq, content }) => ({
      id,
      seq,
      analysed: matcher.analyse(parsed(content!)),
    }));
    if (fresh.length > 0) await this.storeNew(fresh, matcher);
    return new Map(fresh.map(({ id, analysed }) => [id, analysed]));
  }

  read({ analysis }: ReadCall): AnalysedCall {
    const { language, words, rest } = analysis!;
    return decodeAnalysis({ language, words, rest: rest! }, this.numbers[language].local);
  }

  /** Returns the words of a call; valid until the next call of this method. */
  wordsOf({ analysis }: ReadCall): Pick<AnalysedCall, 'language' | 'words'> {
    const { language, words } = analysis!;
    return { language, words: this.counted(language, words) };
  }

  /** Returns the analysis of a text that is not that of a call any more. */
  ofText(content: string, matcher: Matcher): AnalysedCall {
    return matcher.analyse(parsed(content));
  }

  /** Returns the vectors of stored calls, as they are compared. */
  async vectors(ids: readonly string[], matcher: Matcher): Promise<Map<string, Float32Array | null>> {
    const rests = await this.store.rests(ids, this.model.analyser);
    return new Map([...rests].map(([id, rest]) => [id, matcher.vectorOf(decodeBag(rest))]));
  }

  /**
   * Returns the calls of a language that are not in memory, among those up to the position that has been
   * read. `countedAt`: the position of the version of a call that is counted.
   */
  archive(
    language: AnalysedLanguage,
    matcher: Matcher,
    {
      seq,
      isInMemory,
      countedAt,
    }: {
      seq: () => string;
      isInMemory: (id: string) => boolean;
      countedAt: (id: string) => string | undefined;
    },
  ): Archive {
    const { stored } = this.numbers[language];
    const look: Archive['each'] = async (wanted, tell) => {
      // A stem without a number stands in no stored call.
      const among = wanted
        ?.map((stems) => stems.map((stem) => stored[stem]))
        .filter((stems) => !stems.includes(undefined)) as number[][] | undefined;
      if (among?.length === 0) return;
      const later = await this.store.eachWords(
        { analyser: this.model.analyser, language, seq: seq() },
        among ?? null,
        async (calls) => {
          await eachInTimeSlices(calls, ({ id, words }) => {
            if (!isInMemory(id)) tell(this.counted(language, words));
          });
        },
      );
      // Another process has read a later version: until this one does, it counts the one before.
      for (const id of later) {
        const counted = countedAt(id);
        const content = counted === undefined ? null : await this.store.contentAt(id, counted);
        const call = content === null ? null : this.ofText(content, matcher);
        if (call?.language === language) tell(call.words);
      }
    };
    return {
      each: (wanted, tell) => {
        const looked = this.looked.then(() => look(wanted, tell));
        this.looked = looked.catch(() => undefined);
        return looked;
      },
    };
  }

  /**
   * Takes over what another process has counted of calls that are not in memory; before any is read. Returns
   * these calls, each with the position of the version that it counted. None if the text of such a version is
   * not kept any more: what it counted could not be taken back.
   */
  async restoreCounts(matcher: Matcher): Promise<Map<string, string>> {
    const stored = await this.store.findArchiveCount(this.model.analyser);
    if (!stored) return new Map();
    const { calls, stems, terms } = decodeCounts(stored);
    if (!(await this.store.areTextsKept([...calls.keys()], [...calls.values()]))) return new Map();
    // All stems that it names were stored before.
    await this.learnNew(matcher);
    for (const language of ['en', 'fr'] as const) {
      const { local } = this.numbers[language];
      const own = new Map<number, number>();
      stems.forEach((count, id) => count > 0 && local[id] !== undefined && own.set(local[id], count));
      matcher.index.restoreArchive(language, {
        calls: language === 'en' ? stored.english : stored.french,
        stems: own,
        terms,
      });
    }
    return calls;
  }

  /** Keeps, for processes that start later, what calls that are not in memory count. */
  async keepCounts(calls: ReadonlyMap<string, string>, matcher: Matcher): Promise<void> {
    const counts = {
      en: await inTimeSlices(matcher.index.archiveCounts('en')),
      fr: await inTimeSlices(matcher.index.archiveCounts('fr')),
    };
    const stems = new Int32Array(this.last.stem + 1);
    for (const language of ['en', 'fr'] as const)
      for (const [stem, count] of counts[language].stems) stems[this.numbers[language].stored[stem]!] = count;
    const terms: ArchiveCounts['terms'] = new Map([...counts.en.terms, ...counts.fr.terms]);
    await this.store.keepArchiveCount({
      analyser: this.model.analyser,
      english: counts.en.calls,
      french: counts.fr.calls,
      ...encodeCounts({ calls, stems, terms }),
    });
    matcher.index.keptArchive(terms);
  }

  private async learnNew(matcher: Matcher): Promise<void> {
    await inTimeSlices(this.learn(await this.store.wordsAfter(this.last), matcher));
  }

  /** Without an array of its own for each of many calls. */
  private counted(language: AnalysedLanguage, words: Buffer): IndexedCall {
    return decodeWords(words, this.numbers[language].local, (numbers) => {
      if (this.buffer.length < numbers) this.buffer = new Int32Array(2 * numbers);
      return this.buffer;
    });
  }

  private async storeNew(
    calls: readonly { id: string; seq: string; analysed: AnalysedCall }[],
    matcher: Matcher,
  ): Promise<void> {
    const stems = [...this.stemsWithoutNumber(calls.map(({ analysed }) => analysed))];
    if (stems.length > 0 || matcher.written.notStored().length > 0) {
      const added = await this.store.addWords(this.last, (others) => {
        toEnd(this.learn(others, matcher));
        const missing = stems.filter(([language, stem]) => this.numbers[language].stored[stem] === undefined);
        return {
          stems: missing.map(([language, stem]): Stem => ({
            language,
            stem: matcher.index.stemWithNumber(language, stem),
          })),
          forms: matcher.written.notStored(),
        };
      });
      toEnd(this.learn(added, matcher));
    }
    const analysed = await eachInTimeSlices(calls, ({ id, seq, analysed: call }) => ({
      id,
      seq,
      analysis: encodeAnalysis(call, (stem) => this.numbers[call.language].stored[stem]!),
    }));
    await this.store.write(this.model.analyser, analysed);
  }

  private *stemsWithoutNumber(calls: readonly AnalysedCall[]): Generator<[AnalysedLanguage, number]> {
    const seen = { en: new Set<number>(), fr: new Set<number>() };
    for (const { language, words } of calls) {
      for (let i = firstWord(words), end = i + wordsIn(words); i < end; i += 1) {
        const stem = words[i]! >>> STEM_SHIFT;
        if (this.numbers[language].stored[stem] !== undefined || seen[language].has(stem)) continue;
        seen[language].add(stem);
        yield [language, stem];
      }
    }
  }

  private *learn({ stems, forms }: NewWords, matcher: Matcher): Steps<void> {
    for (const { id, language, stem } of stems) {
      const number = matcher.index.stemNumber(language, stem);
      this.numbers[language].local[id] = number;
      this.numbers[language].stored[number] = id;
      this.last.stem = id;
      yield;
    }
    for (const { id, ...form } of forms) {
      matcher.written.learnStored(form);
      this.last.form = id;
      yield;
    }
  }
}
