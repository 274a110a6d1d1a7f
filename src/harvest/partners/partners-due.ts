import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import { PartnerReadingRepository } from '../store/partners/partner-reading.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK } from '../../platform/tokens.js';
import { Sources } from '../sources.js';

/** Schedules the readings of partner searches. A replay only covers harvests and never calls this. */
@Injectable()
export class PartnersDue implements DueCheck {
  constructor(
    private readonly sources: Sources,
    private readonly readings: PartnerReadingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const able = this.sources.all.filter((s) => s.partnerSearches !== undefined).map((s) => s.id);
    return (await this.readings.due(able, this.clock.now())).map((sourceId) => job('partners', { sourceId }));
  }
}
