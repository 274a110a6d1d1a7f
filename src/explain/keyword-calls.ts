import { Inject, Injectable } from '@nestjs/common';
import { Corpus } from '../matching/corpus.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';

/** Counts the stored calls, open or closed, in which the matcher finds each keyword of a saved profile. */
@Injectable()
export class KeywordCalls {
  constructor(
    private readonly corpus: Corpus,
    private readonly profiles: ProfileRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async forProfile(
    profileId: string,
    gone: AbortSignal,
  ): Promise<{ calls: number; keywords: { keyword: string; calls: number }[] }> {
    const profile = await this.profiles.get(profileId);
    const { index } = this.corpus.matcher;
    return this.corpus.held(async () => {
      gone.throwIfAborted();
      const found = await inTimeSlices(index.keywordCalls(profile.content, this.settings.matching), gone);
      return { calls: index.counted, keywords: [...found].map(([keyword, calls]) => ({ keyword, calls })) };
    });
  }
}
