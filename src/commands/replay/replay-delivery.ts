import type { INestApplicationContext } from '@nestjs/common';
import { RecipientRepository } from '../../notifications/store/recipient.repository.js';
import { NotificationLog } from '../../notifications/store/notification-log.repository.js';
import { Queues } from '../../platform/queue/queues.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import type { MailFolder } from './mail-folder.js';
import { MatchJob } from '../../matching/match.job.js';
import { ReadJob } from '../../matching/reading/read.job.js';
import { ContactsJob } from '../../notifications/contacts.job.js';
import { PlanJob } from '../../notifications/plan.job.js';
import { NotifyJob } from '../../notifications/notify.job.js';
import { DeliverJob } from '../../notifications/deliver.job.js';
import type { NextJob } from '../../platform/queue/job.js';

/** Each check queries every queue, and costs as much as a small job. */
const LOOK_MS = 100;
/** High enough that no message is held back. */
const NO_DAILY_LIMIT = 1_000;

/** Lets the real modules match, plan, write and deliver at the clock's current time until nothing is due. */
export class ReplayDelivery {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly mails: MailFolder,
  ) {}

  /** Sets every institute's defaults to send everything at once. */
  async atOnce(profileIds: string[], now: Date): Promise<void> {
    const preferences = { frequency: 'at-once' as const, dailyLimit: NO_DAILY_LIMIT };
    for (const profileId of profileIds)
      await this.app
        .get(RecipientRepository)
        .setDefaults({ profileId, preferences, updatedAt: now, updatedBy: 'replay', updatedById: null });
  }

  async settle(): Promise<void> {
    let before = '';
    for (;;) {
      await this.idle();
      const jobs = await this.due();
      // Work that is still due but makes no progress waits for something else, e.g. a source not yet read
      // successfully.
      const now = `${JSON.stringify(jobs)} ${await this.app.get(NotificationLog).progress()}`;
      if (!jobs.length || now === before) break;
      before = now;
      await this.app.get(Queues).add(jobs);
    }
    for (const mail of await this.app.get(NotificationLog).sentAs(this.mails.fresh())) this.mails.put(mail);
  }

  private async due(): Promise<NextJob[]> {
    const jobs: NextJob[] = [];
    for (const check of [MatchJob, ReadJob, ContactsJob, PlanJob, NotifyJob, DeliverJob])
      jobs.push(...(await this.app.get<DueCheck>(check).due()));
    return jobs;
  }

  private async idle(): Promise<void> {
    for (;;) {
      const counts = Object.values(await this.app.get(Queues).counts());
      if (counts.every(({ waiting, delayed, active }) => !waiting && !delayed && !active)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}
