import { Inject, Injectable } from '@nestjs/common';
import { PersonRepository } from '../access/store/person.repository.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import { roleHolds } from '../kernel/roles.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import type { Environment } from '../platform/config/environment.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { newcomerMail, type NewcomerNews } from './domain/newcomer-mail.js';
import type { JointRow } from './store/joint-opportunity.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import { job } from '../platform/queue/job.js';

/** Tells officers by e-mail who asks to join a joint opportunity, and what its members answered. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly people: PersonRepository,
    private readonly mails: TransactionalMailRepository,
    private readonly limits: RateLimit,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Tells the officers of the members; not over and over if an institute asks again and again. */
  async asked({ row, call, members, asking }: JointRow, profileId: string): Promise<void> {
    if (!(await this.limits.allows('requests to join', `${profileId}/${row.id}`))) return;
    const newcomer = asking.find((i) => i.profileId === profileId)!;
    const news = { kind: 'asks' as const, institute: newcomer.name, brings: newcomer.brings };
    for (const member of members)
      await this.tell(member.profileId, { ...news, title: call.content.title }, row.id);
  }

  /** Tells the officers of the institute that asked. */
  async answered({ row, call }: JointRow, profileId: string, accepted: boolean): Promise<void> {
    await this.tell(
      profileId,
      { kind: accepted ? 'joined' : 'declined', title: call.content.title },
      accepted ? row.id : null,
    );
  }

  private async tell(profileId: string, news: NewcomerNews, jointId: string | null): Promise<void> {
    const path = `/institutes/${profileId}/joint${jointId === null ? '' : `/${jointId}`}`;
    const mailIds = await acrossInstitutes(
      'an institute is taken into a joint opportunity by its members',
      async () => {
        const officers = (await this.people.of(profileId)).filter((p) => roleHolds(p.role, 'joint.write'));
        const mails = officers.map(({ name, email, language }) =>
          newTransactionalMail(this.env, {
            kind: 'interest',
            profileId,
            toName: name,
            toAddress: email,
            ...newcomerMail(news, { name, language, url: `${this.env.PUBLIC_URL}${path}` }),
            createdAt: this.clock.now(),
          }),
        );
        for (const mail of mails) await this.mails.write(mail);
        return mails.map(({ id }) => id);
      },
    );
    await this.queues.hurry(mailIds.map((mailId) => job(MAIL, { mailId })));
  }
}
