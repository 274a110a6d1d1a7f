import { pageFromMail } from '../access/domain/page-from-mail.js';
import { Inject, Injectable } from '@nestjs/common';
import { PersonRepository } from '../access/store/person.repository.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
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

const takingIn = <T>(work: () => T): T =>
  acrossInstitutes('an institute is taken into a joint opportunity by its members', work);

/** Tells officers by e-mail who asks to join a joint opportunity, and what its members answered. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly people: PersonRepository,
    private readonly limits: RateLimit,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns the e-mails that tell the officers of the members who asks to join, to be stored with the
   * interest; none if the institute asks again and again.
   */
  async asking(
    { row, call, members }: JointRow,
    newcomer: { id: string; name: string; brings: string | null },
  ): Promise<NewTransactionalMail[]> {
    if (!(await this.limits.allows('requests to join', `${newcomer.id}/${row.id}`))) return [];
    const { name: institute, brings } = newcomer;
    const news = { kind: 'asks' as const, institute, brings, title: call.content.title };
    const mails = await Promise.all(members.map((m) => this.written(m.profileId, news, row.id)));
    return mails.flat();
  }

  /** Returns the e-mails that tell the officers of the institute that asked, to be stored with the answer. */
  answering({ row, call }: JointRow, profileId: string, accepted: boolean): Promise<NewTransactionalMail[]> {
    return this.written(
      profileId,
      { kind: accepted ? 'joined' : 'declined', title: call.content.title },
      accepted ? row.id : null,
    );
  }

  hurry(mails: readonly NewTransactionalMail[]): Promise<void> {
    return this.queues.hurry(mails.map(({ id }) => job(MAIL, { mailId: id })));
  }

  private async written(
    profileId: string,
    news: NewcomerNews,
    jointId: string | null,
  ): Promise<NewTransactionalMail[]> {
    const path = `/institutes/${profileId}/joint${jointId === null ? '' : `/${jointId}`}`;
    const people = await takingIn(() => this.people.findByProfile(profileId));
    return people
      .filter((p) => roleHolds(p.role, 'joint.write'))
      .map(({ id, name, email, language }) =>
        newTransactionalMail(this.env, {
          kind: 'interest',
          profileId,
          toName: name,
          toAddress: email,
          ...newcomerMail(news, { name, language, url: pageFromMail(this.env, { id }, path) }),
          createdAt: this.clock.now(),
        }),
      );
  }
}
