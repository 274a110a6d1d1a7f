import { Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Environment } from '../platform/config/environment.js';
import { defineJob, job, type Job, type NextJob, ofAllInstitutes, Runs } from '../platform/queue/job.js';
import { ENVIRONMENT } from '../platform/tokens.js';
import { Backups } from './backups.js';

export const BACK_UP = defineJob({
  name: 'back-up',
  queue: 'embed',
  data: z.strictObject({}),
  rows: ofAllInstitutes('a backup holds what is stored of everybody'),
});

@Runs(BACK_UP)
export class BackUpJob implements Job<typeof BACK_UP> {
  constructor(
    private readonly backups: Backups,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  async due(): Promise<NextJob[]> {
    // Looked at first: it notes that backups are expected, so that they are missed if no service starts.
    const due = await this.backups.isDue();
    return due && this.env.BACKUP_SERVICE !== 'on' ? [job(BACK_UP, {})] : [];
  }

  async run(): Promise<NextJob[]> {
    await this.backups.make();
    return [];
  }

  /** `due` has it tried again in an hour; the operator is told if none succeeds. */
  async giveUp(_: object, error: Error): Promise<void> {
    await this.backups.noteFailure(error);
  }
}
