import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { job } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { LearnedRepository, type LearnedVerdict } from './store/learned.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK } from '../platform/tokens.js';

export type { LearnedVerdict };

/** What an institute's verdicts do to the ranking of other calls, and how one of them is set aside. */
@Injectable()
export class LearnedVerdicts {
  constructor(
    private readonly learned: LearnedRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All of them, the newest first. */
  all(profileId: string): Promise<LearnedVerdict[]> {
    return this.learned.verdicts(profileId, this.clock.now());
  }

  /**
   * From now on a verdict does not count for other calls, or does again; itself it stays. Done again it
   * changes nothing. 404 where there is none that could count.
   */
  async set(profileId: string, callId: string, counts: boolean): Promise<LearnedVerdict> {
    const found = await this.learned.setAside(profileId, callId, counts ? null : this.clock.now());
    const verdict = found && (await this.all(profileId)).find((v) => v.callId === callId);
    if (!verdict)
      throw new NotFoundException(`There is no decision about the subject of call ${callId} to learn from.`);
    await this.queues.hurry([job('match', { profileId })]);
    return verdict;
  }
}
