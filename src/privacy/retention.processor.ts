import { Inject, Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { daysBefore, RetentionRepository } from './store/retention.repository.js';
import { ErasureRepository } from './store/erasure.repository.js';
import type { NextJob, Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { RetentionDue } from './retention-due.js';

/** Deletes data past their retention time, and logs how many rows. */
@Injectable()
export class RetentionProcessor implements Processor<'delete-expired'> {
  readonly job = 'delete-expired';
  private readonly log = new Logger('Retention');

  constructor(
    private readonly retention: RetentionRepository,
    private readonly erasures: ErasureRepository,
    private readonly due: RetentionDue,
    private readonly audit: Audit,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<NextJob[]> {
    const [days, now] = [this.settings.retention, this.clock.now()];
    const left = await this.retention.leftBefore(daysBefore(now, days.peopleDays));
    for (const { email, profileId } of left) await this.erasures.erase({ email, at: { profileId } }, now);
    const removed = { ...(await this.retention.remove(days, now)), people: left.length };
    const some = Object.entries(removed).filter(([, count]) => count > 0);
    if (some.length) {
      this.log.log(`Old data deleted: ${some.map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
      await this.audit.note('retention.done', null, null, Object.fromEntries(some));
    }
    await this.due.done(removed);
    return [];
  }
}
