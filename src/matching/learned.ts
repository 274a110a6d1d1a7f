import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import { LearnedRepository, type LearnedVerdict } from './store/learned.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK } from '../platform/tokens.js';
import { MATCH } from '../profiles/jobs.js';
import { job } from '../platform/queue/job.js';

export type { LearnedVerdict };

/** The effect of an institute's verdicts on the ranking of other calls, and how to set one aside. */
@Injectable()
export class LearnedVerdicts {
  constructor(
    private readonly learned: LearnedRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns all of them, newest first. */
  all(profileId: string): Promise<LearnedVerdict[]> {
    return this.learned.verdicts(profileId, this.clock.now());
  }

  /**
   * Sets whether a verdict affects other calls; the verdict itself is kept. Idempotent. 404 if there is none
   * that could count.
   */
  async set(profileId: string, callId: string, counts: boolean): Promise<LearnedVerdict> {
    const found = await this.learned.setAside(profileId, callId, counts ? null : this.clock.now());
    const verdict = found && (await this.all(profileId)).find((v) => v.callId === callId);
    if (!verdict) throw new NotFound('no-verdict-to-learn-from', { id: callId });
    await this.queues.hurry([job(MATCH, { profileId })]);
    return verdict;
  }
}
