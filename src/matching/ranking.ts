import { Inject, Injectable } from '@nestjs/common';
import type { RankedCall } from './domain/scoring/ranked.js';
import type { KeptReading } from './domain/reader/kept-reading.js';
import { rankedAfterwards } from './domain/signals/afterwards.js';
import type { PastVerdict } from './domain/verdict.js';
import type { Profile } from '../profiles/domain/index.js';
import { LearnedRepository } from './store/learned.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus, type Wanted } from './corpus.js';
import { Readings, type CountedCall } from './readings.js';
import { inTimeSlices } from './time-slices.js';

/** What a profile's calls are ranked with besides the profile. */
export interface Learned {
  pastVerdicts: PastVerdict[];
  /** Equal keys mean that nothing was learned in between. */
  key: string | null;
  /** Calls the institute has decided on: a language model's readings of them do not count. */
  decided: ReadonlySet<string>;
}

/**
 * Ranks a profile's calls as displayed: by the profile, and by the institute's decisions on similar calls.
 */
@Injectable()
export class Ranking {
  constructor(
    private readonly corpus: Corpus,
    private readonly learned: LearnedRepository,
    private readonly readings: Readings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The minimum score of calls that people are notified of. */
  get leastScore(): number {
    return this.settings.digest.minScore;
  }

  /** Whether a language model reads calls. */
  get reads(): boolean {
    return this.readings.on;
  }

  /** Returns what its institute's verdicts currently say. */
  learnedOf(profileId: string): Promise<Learned> {
    return this.learned.of(profileId);
  }

  /** Looks up, in one pass, the words of profiles about to be scored. Call this while holding the index. */
  expect(profiles: readonly Profile[]): Promise<void> {
    return inTimeSlices(this.corpus.matcher.expect(profiles, this.settings.matching));
  }

  /**
   * Returns every call that scores above 0, best first, with its reading. Call this while holding the index.
   */
  async score(wanted: Wanted, learned: Learned, signal?: AbortSignal): Promise<CountedCall[]> {
    const ranked = await this.corpus.score(
      { ...wanted, also: await this.readings.beside(wanted.profile.id) },
      this.settings.matching,
      signal,
    );
    const read = await this.readings.counted(wanted.profile, ranked, learned.decided);
    return this.adjusted(read, learned, signal);
  }

  /** Like `score`, without readings: a changed profile has not been read yet. */
  async builtIn(wanted: Wanted, learned: Learned, signal?: AbortSignal): Promise<RankedCall[]> {
    return this.adjusted(await this.corpus.score(wanted, this.settings.matching, signal), learned, signal);
  }

  /** Applies verdicts and readings to calls scored by the profile alone. */
  async adjusted<T extends RankedCall & { reading?: KeptReading | undefined }>(
    ranked: T[],
    { pastVerdicts }: Learned,
    signal?: AbortSignal,
  ): Promise<T[]> {
    const alike = (a: string, b: string): number => this.corpus.matcher.likeness(a, b);
    return inTimeSlices(rankedAfterwards(ranked, { pastVerdicts, alike }), signal);
  }
}
