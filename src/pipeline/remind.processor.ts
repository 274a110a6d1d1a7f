import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '../kernel/durations.js';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { reminderMail } from './domain/reminder-mail.js';
import { ReminderRepository } from './store/reminder.repository.js';

/** A later reminder would be of no use. */
const EXPIRES_MS = 2 * DAY_MS;

/**
 * Reminds a person of their own dates in the pipeline, of moved deadlines, and of results that should be
 * known by now.
 */
@Injectable()
export class RemindProcessor implements Processor<'remind'> {
  readonly job = 'remind';

  constructor(
    private readonly reminders: ReminderRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ personId }: JobData<'remind'>): Promise<NextJob[]> {
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
          (id) => `${this.env.PUBLIC_URL}/institutes/${person.profileId}/pipeline/${id}`,
          `${this.env.PUBLIC_URL}/account/notification-preferences`,
        ),
        expiresAt: new Date(now.getTime() + EXPIRES_MS),
        createdAt: now,
      }),
    );
    return mailId === null ? [] : [job('mail', { mailId })];
  }
}
