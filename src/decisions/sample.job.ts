import { Inject } from '@nestjs/common';
import { monthAt, beginning } from '../kernel/brussels.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { Corpus } from '../matching/corpus.js';
import { Ranking } from '../matching/ranking.js';
import { RecallSampleRepository } from './store/recall-sample.repository.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofItsInstitute,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const SAMPLE = defineJob({
  name: 'sample',
  queue: 'embed',
  data: z.strictObject({ profileId: z.string() }),
  rows: ofItsInstitute,
});

/** Draws this month's sample of calls that were not sent to an institute. */
@Runs(SAMPLE)
export class SampleJob implements Job<typeof SAMPLE> {
  constructor(
    private readonly samples: RecallSampleRepository,
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Institutes due for a sample of calls that were not sent to them: once a month, by months in Brussels. */
  async due(): Promise<NextJob[]> {
    const [now, { minScore }] = [this.clock.now(), this.settings.digest];
    const month = monthAt(now);
    const behind = await this.samples.behind(month, beginning(month), minScore, now);
    return behind.map((profileId) => job(SAMPLE, { profileId }));
  }

  async run({ profileId }: JobData<typeof SAMPLE>): Promise<NextJob[]> {
    const now = this.clock.now();
    const { minScore } = this.settings.digest;
    // By the scores that decided what was sent to its people; weak matches are not stored.
    const { content: profile } = await this.profiles.get(profileId);
    const learned = await this.ranking.learnedOf(profileId);
    const ranked = await this.corpus.held(() => this.ranking.score({ profile }, learned));
    const scores = ranked.map(({ id, match }) => ({ id, score: match.score }));
    await this.samples.draw({ profileId, month: monthAt(now), minScore, scores, now });
    return [];
  }
}
