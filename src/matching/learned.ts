import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import { LearnedRepository, type LearnedVerdict, type OwnThreshold } from './store/learned.repository.js';
import { Ranking } from './ranking.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { MATCH } from '../profiles/jobs.js';

export type { LearnedVerdict };

/** An institute's threshold, and where it would be without its decisions. */
export type Threshold = OwnThreshold & { usual: number };

/** Decisions on calls whose scores differ by no more than this are of such calls. */
const ALIKE = 10;

/** What speaks for a call of some score: the judged day, and the decisions of the institute on such calls. */
export interface SuchCalls {
  /** How likely they were to be kept on the judged day. */
  likely: number;
  decisions: number;
  kept: number;
}

/** The effect of an institute's verdicts on the ranking of other calls, and how to set one aside. */
@Injectable()
export class LearnedVerdicts {
  constructor(
    private readonly learned: LearnedRepository,
    private readonly queues: Queues,
    private readonly ranking: Ranking,
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
  async set(profileId: string, callId: string, counts: boolean): Promise<void> {
    const found = await this.learned.setAside(profileId, callId, counts ? null : this.clock.now());
    if (!found) throw new NotFound('no-verdict-to-learn-from', { id: callId });
    await this.queues.hurry([job(MATCH, { profileId })]);
  }

  /** Returns the score from which calls are sent to the institute; null if no decision moves it. */
  async threshold(profileId: string): Promise<Threshold | null> {
    const threshold = await this.learned.threshold(profileId);
    return threshold && { ...threshold, usual: this.ranking.leastScore };
  }

  async suchCalls(profileId: string, score: number): Promise<SuchCalls> {
    const near = await this.learned.near(profileId, { score, within: ALIKE, now: this.clock.now() });
    return { likely: this.ranking.likelihood(score), ...near };
  }

  /** Sets whether the threshold follows the decisions, which are kept. 404 if no decision moves it. */
  async followThreshold(profileId: string, follows: boolean): Promise<void> {
    const before = await this.threshold(profileId);
    if (!before) throw new NotFound('no-threshold', { profile: profileId });
    if (before.aside === follows)
      await this.learned.setThresholdAside(profileId, follows ? null : this.clock.now());
    await this.queues.hurry([job(MATCH, { profileId })]);
  }
}
