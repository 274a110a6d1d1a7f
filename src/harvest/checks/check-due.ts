import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import { SourceCheckRepository } from '../store/source-check.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { Sources } from '../sources.js';

/** Schedules the checks of the sources' form; sources never checked before are due at once. */
@Injectable()
export class CheckDue implements DueCheck {
  constructor(
    private readonly sources: Sources,
    private readonly checks: SourceCheckRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async due(): Promise<NextJob[]> {
    if (this.settings.harvest.checkDays === 0) return [];
    const now = this.clock.now();
    const ids = this.sources.all.filter((s) => s.checks?.length).map((s) => s.id);
    await this.checks.ensure(ids, now);
    return (await this.checks.due(ids, now)).map((sourceId) => job('check', { sourceId }));
  }
}
