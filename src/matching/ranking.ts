import { Inject, Injectable } from '@nestjs/common';
import type { RankedCall } from './domain/scoring/ranked.js';
import { rankedWithVerdicts, type PastVerdict } from './domain/signals/verdict-signal.js';
import type { Profile } from '../profiles/domain/index.js';
import { LearnedRepository } from './store/learned.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus, type Wanted } from './corpus.js';
import { inTimeSlices } from './time-slices.js';

/** What a profile's calls are ranked with beside the profile. */
export interface Learned {
  pastVerdicts: PastVerdict[];
  /** Equal keys: nothing was learned in between. */ key: string | null;
}

/** A profile's calls as they are told: by what the profile says, and by what the institute decided on calls like them. */
@Injectable()
export class Ranking {
  constructor(
    private readonly corpus: Corpus,
    private readonly learned: LearnedRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The score from which on people are told. */
  get leastScore(): number {
    return this.settings.digest.minScore;
  }

  /** What its institute's verdicts say at present. */
  learnedOf(profileId: string): Promise<Learned> {
    return this.learned.of(profileId);
  }

  /** Looks for the words of profiles that will be scored, in one go. To be asked for where the index is held. */
  expect(profiles: readonly Profile[]): Promise<void> {
    return inTimeSlices(this.corpus.matcher.expect(profiles, this.settings.matching));
  }

  /** Every call that scores above 0, best first. To be asked for where the index is held. */
  async score(wanted: Wanted, learned: Learned, signal?: AbortSignal): Promise<RankedCall[]> {
    return this.adjusted(await this.corpus.score(wanted, this.settings.matching, signal), learned, signal);
  }

  /** The same for calls that were scored by what the profile says. */
  async adjusted(
    ranked: RankedCall[],
    { pastVerdicts }: Learned,
    signal?: AbortSignal,
  ): Promise<RankedCall[]> {
    return pastVerdicts.length
      ? inTimeSlices(
          rankedWithVerdicts(ranked, pastVerdicts, (a, b) => this.corpus.matcher.likeness(a, b)),
          signal,
        )
      : ranked;
  }
}
