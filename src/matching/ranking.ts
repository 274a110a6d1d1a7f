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

/** What a profile's calls are ranked with beside the profile. */
export interface Learned {
  pastVerdicts: PastVerdict[];
  /** Equal keys: nothing was learned in between. */
  key: string | null;
  /** The calls that the institute decided on: what a language model said of them does not count. */
  decided: ReadonlySet<string>;
}

/**
 * A profile's calls as they are told: by what the profile says, and by what the institute decided on calls
 * like them.
 */
@Injectable()
export class Ranking {
  constructor(
    private readonly corpus: Corpus,
    private readonly learned: LearnedRepository,
    private readonly readings: Readings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The score from which on people are told. */
  get leastScore(): number {
    return this.settings.digest.minScore;
  }

  /** Whether a language model reads calls. */
  get reads(): boolean {
    return this.readings.on;
  }

  /** What its institute's verdicts say at present. */
  learnedOf(profileId: string): Promise<Learned> {
    return this.learned.of(profileId);
  }

  /**
   * Looks for the words of profiles that will be scored, in one go. To be asked for where the index is held.
   */
  expect(profiles: readonly Profile[]): Promise<void> {
    return inTimeSlices(this.corpus.matcher.expect(profiles, this.settings.matching));
  }

  /**
   * Every call that scores above 0, best first, with what was read. To be asked for where the index is held.
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

  /** The same without: what a change of a profile makes of its calls is not known from reading. */
  async builtIn(wanted: Wanted, learned: Learned, signal?: AbortSignal): Promise<RankedCall[]> {
    return this.adjusted(await this.corpus.score(wanted, this.settings.matching, signal), learned, signal);
  }

  /** The same for calls that were scored by what the profile says. */
  async adjusted<T extends RankedCall & { reading?: KeptReading | undefined }>(
    ranked: T[],
    { pastVerdicts }: Learned,
    signal?: AbortSignal,
  ): Promise<T[]> {
    const alike = (a: string, b: string): number => this.corpus.matcher.likeness(a, b);
    return inTimeSlices(rankedAfterwards(ranked, { pastVerdicts, alike }), signal);
  }
}
