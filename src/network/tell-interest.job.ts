import { pageFromMail } from '../access/domain/landing.js';
import { Inject } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { interestMail } from './domain/network-mails.js';
import { InterestNewsRepository } from './store/interest-news.repository.js';
import { isAwake } from '../kernel/brussels.js';
import { MAIL } from '../outbox/mail.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const TELL_INTEREST = defineJob({
  name: 'tell-interest',
  queue: 'mail',
  data: z.strictObject({ personId: z.uuid() }),
  rows: ofAllInstitutes('an interest is opened to all institutes'),
});

/**
 * Notifies people who opened an interest of what others opened about the same calls: in one short e-mail, the
 * next morning.
 */
@Runs(TELL_INTEREST)
export class TellInterestJob implements Job<typeof TELL_INTEREST> {
  constructor(
    private readonly news: InterestNewsRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds people to notify of others' interest in the same call. */
  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.news.due(now)).map((personId) => job(TELL_INTEREST, { personId }));
  }

  async run({ personId }: JobData<typeof TELL_INTEREST>): Promise<NextJob[]> {
    const now = this.clock.now();
    const mailId = await this.news.tell(personId, now, (person, news) =>
      newTransactionalMail(this.env, {
        kind: 'interest',
        profileId: person.profileId,
        toName: person.name,
        toAddress: person.email,
        ...interestMail(person.name, news, person.language, (callId) =>
          pageFromMail(this.env, person, `/institutes/${person.profileId}/calls/${callId}`),
        ),
        createdAt: now,
      }),
    );
    return mailId === null ? [] : [job(MAIL, { mailId })];
  }
}
