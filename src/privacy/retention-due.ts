import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '../kernel/durations.js';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';

const KEY = 'retention';
const EVERY_MS = DAY_MS;

/** When old data were last deleted, and how many rows; null before the first time. */
export interface LastRetention {
  at: string;
  removed: Record<string, number> | null;
}

/** Checks once a day for old data to delete. */
@Injectable()
export class RetentionDue implements DueCheck {
  constructor(
    private readonly settings: SettingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const [last, now] = [await this.last(), this.clock.now()];
    // A new installation has no old data.
    if (!last)
      await this.settings.claim(KEY, { at: now.toISOString(), removed: null } satisfies LastRetention);
    return last && now.getTime() - Date.parse(last.at) >= EVERY_MS ? [job('delete-expired', {})] : [];
  }

  last(): Promise<LastRetention | null> {
    return this.settings.find<LastRetention>(KEY);
  }

  async done(removed: Record<string, number>): Promise<void> {
    await this.settings.put(KEY, { at: this.clock.now().toISOString(), removed } satisfies LastRetention);
  }
}
