import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { interestMail } from './domain/interest-mail.js';
import { InterestNewsRepository } from './store/interest-news.repository.js';

/**
 * Notifies people who opened an interest of what others opened about the same calls: in one short e-mail, the
 * next morning.
 */
@Injectable()
export class TellInterestProcessor implements Processor<'tell-interest'> {
  readonly job = 'tell-interest';

  constructor(
    private readonly news: InterestNewsRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ personId }: JobData<'tell-interest'>): Promise<NextJob[]> {
    const now = this.clock.now();
    const mailId = await this.news.tell(personId, now, (person, news) =>
      newTransactionalMail(this.env, {
        kind: 'interest',
        profileId: person.profileId,
        toName: person.name,
        toAddress: person.email,
        ...interestMail(
          person.name,
          news,
          person.language,
          (callId) => `${this.env.PUBLIC_URL}/institutes/${person.profileId}/calls/${callId}`,
        ),
        createdAt: now,
      }),
    );
    return mailId === null ? [] : [job('mail', { mailId })];
  }
}
