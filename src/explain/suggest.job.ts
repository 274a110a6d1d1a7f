import { Inject } from '@nestjs/common';
import { z } from 'zod';
import { DAY_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofItsInstitute,
} from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { OwnSuggestions } from './own-suggestions.js';
import { OwnSuggestionsRepository } from './store/own-suggestions.repository.js';

export const SUGGEST = defineJob({
  name: 'suggest',
  queue: 'embed',
  data: z.strictObject({ profileId: z.string() }),
  rows: ofItsInstitute,
});

/** Looks for changes of a profile that its institute's decisions suggest. */
@Runs(SUGGEST)
export class SuggestJob implements Job<typeof SUGGEST> {
  constructor(
    private readonly store: OwnSuggestionsRepository,
    private readonly suggestions: OwnSuggestions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Institutes with other competences, and once a day those with other decisions. */
  async due(): Promise<NextJob[]> {
    const behind = await this.store.behind(new Date(this.clock.now().getTime() - DAY_MS));
    return behind.map((profileId) => job(SUGGEST, { profileId }));
  }

  async run({ profileId }: JobData<typeof SUGGEST>): Promise<NextJob[]> {
    await this.suggestions.findAnew(profileId);
    return [];
  }
}
