import { Inject, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { RetentionRepository } from './store/retention.repository.js';
import { ErasureRepository } from './store/erasure.repository.js';
import { Ranking } from '../matching/ranking.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { DAY_MS, daysBefore } from '../kernel/durations.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { type Job, Runs, type NextJob, job, defineJob, ofAllInstitutes } from '../platform/queue/job.js';
import { z } from 'zod';

const KEY = 'retention';
const EVERY_MS = DAY_MS;

/** When old data were last deleted, and how many rows; null before the first time. */
export interface LastRetention {
  at: string;
  removed: Record<string, number> | null;
}

/** Also where the clock was ahead when it was noted: nothing would be deleted until then. */
const isDue = ({ at }: LastRetention, now: Date): boolean =>
  Math.abs(now.getTime() - Date.parse(at)) >= EVERY_MS;

export const DELETE_EXPIRED = defineJob({
  name: 'delete-expired',
  queue: 'embed',
  data: z.strictObject({}),
  rows: ofAllInstitutes('old data are deleted for everybody'),
});

/** Deletes data past their retention time, and logs how many rows. */
@Runs(DELETE_EXPIRED)
export class DeleteExpiredJob implements Job<typeof DELETE_EXPIRED> {
  private readonly log = new Logger('Retention');

  constructor(
    private readonly retention: RetentionRepository,
    private readonly ranking: Ranking,
    private readonly erasures: ErasureRepository,
    private readonly stored: SettingRepository,
    private readonly audit: Audit,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Checks once a day for old data to delete. */
  async due(): Promise<NextJob[]> {
    const [last, now] = [await this.last(), this.clock.now()];
    // A new installation has no old data.
    if (!last) await this.stored.claim(KEY, { at: now.toISOString(), removed: null } satisfies LastRetention);
    return last && isDue(last, now) ? [job(DELETE_EXPIRED, {})] : [];
  }

  last(): Promise<LastRetention | null> {
    return this.stored.findByKey<LastRetention>(KEY);
  }

  async run(): Promise<NextJob[]> {
    const [days, now, before] = [this.settings.retention, this.clock.now(), await this.last()];
    // It was queued once more while it ran: what was removed would be put down as nothing.
    if (before && !isDue(before, now)) return [];
    const left = await this.retention.leftBefore(daysBefore(now, days.peopleDays));
    let people = 0;
    for (const { id, email, profileId, named } of left)
      try {
        await (named
          ? this.erasures.eraseAccount(id)
          : this.erasures.erase({ email, at: { profileId } }, now));
        people += 1;
      } catch (error) {
        this.log.error(`The account ${id} is not erased, and is tried again tomorrow: ${String(error)}`);
      }
    const removed = { ...(await this.retention.remove(days, now)), people };
    removed.matches += await this.retention.weakMatches(this.ranking.storedFrom, now);
    const some = Object.entries(removed).filter(([, count]) => count > 0);
    if (some.length) {
      this.log.log(`Old data deleted: ${some.map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
      await this.audit.note('retention.done', null, null, Object.fromEntries(some));
    }
    await this.stored.put(KEY, { at: this.clock.now().toISOString(), removed } satisfies LastRetention);
    return [];
  }
}
