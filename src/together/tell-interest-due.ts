import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { isAwake } from '../kernel/brussels.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { InterestNewsRepository } from './store/interest-news.repository.js';

/** Finds people to notify of others' interest in the same call. */
@Injectable()
export class TellInterestDue implements DueCheck {
  constructor(
    private readonly news: InterestNewsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.news.due(now)).map((personId) => job('tell-interest', { personId }));
  }
}
