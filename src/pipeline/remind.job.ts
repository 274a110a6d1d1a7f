import { pageFromMail } from '../access/domain/landing.js';
import { Inject } from '@nestjs/common';
import { isAwake } from '../kernel/brussels.js';
import { DAY_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { reminderMail } from './domain/pipeline-mails.js';
import { ReminderRepository } from './store/reminder.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofItsInstitute,
} from '../platform/queue/job.js';
import { z } from 'zod';

/** A later reminder would be of no use. */
const EXPIRES_MS = 2 * DAY_MS;

export const REMIND = defineJob({
  name: 'remind',
  queue: 'mail',
  data: z.strictObject({ profileId: z.string(), personId: z.uuid() }),
  rows: ofItsInstitute,
});

/**
 * Reminds a person of their own dates in the pipeline, of moved deadlines, and of results that should be
 * known by now.
 */
@Runs(REMIND)
export class RemindJob implements Job<typeof REMIND> {
  constructor(
    private readonly reminders: ReminderRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.reminders.due(now)).map((person) => job(REMIND, person));
  }

  async run({ personId }: JobData<typeof REMIND>): Promise<NextJob[]> {
    const now = this.clock.now();
    const mailId = await this.reminders.remind(personId, now, (person, reminders) =>
      newTransactionalMail(this.env, {
        kind: 'milestones',
        profileId: person.profileId,
        toName: person.name,
        toAddress: person.email,
        ...reminderMail(
          person.name,
          reminders,
          person.language,
          (id) => pageFromMail(this.env, person, `/institutes/${person.profileId}/pipeline/${id}`),
          pageFromMail(this.env, person, '/account/notification-preferences'),
        ),
        expiresAt: new Date(now.getTime() + EXPIRES_MS),
        createdAt: now,
      }),
    );
    return mailId === null ? [] : [job(MAIL, { mailId })];
  }
}
