import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { SourceObservation } from './store/source.repository.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { Monitored } from '../monitoring/monitored.js';
import type { NextJob } from '../platform/queue/job.js';

/**
 * Observes the state of each source, so that no change goes unnoticed, whatever caused it. A change already
 * noticed is not reported again.
 */
@Watches({ round: 'state' })
@Injectable()
export class SourceMonitor implements DueCheck {
  constructor(
    private readonly monitored: Monitored,
    private readonly sources: SourceObservation,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    for (const id of this.monitored.sources.keys()) await this.sources.observeSource(id, this.clock.now());
    return [];
  }
}
