import { pageFromMail } from '../access/domain/page-from-mail.js';
import { Inject, Injectable } from '@nestjs/common';
import { Conflict } from '../kernel/errors.js';
import { translateTo } from '../i18n/translate.js';
import type { Clock } from '../kernel/ports.js';
import { Groups, membersOf } from '../network/groups.js';
import { renderLinkMail } from '../outbox/domain/link-mail.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import type { PaperEntity } from './store/paper.entity.js';
import { PaperRepository } from './store/paper.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import { job } from '../platform/queue/job.js';

/**
 * Sends a meeting pack to the officers of its group: a short e-mail with a link, as the pack itself requires
 * a sign-in.
 */
@Injectable()
export class PaperSending {
  constructor(
    private readonly papers: PaperRepository,
    private readonly groups: Groups,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once per edit. Throws if it is not a pack, or was not edited since it was sent (409). */
  async send({ id, kind, groupId, title }: PaperEntity, by: string): Promise<void> {
    const group = groupId === null ? null : this.groups.findById(groupId);
    if (kind !== 'pack') throw new Conflict('only-packs-are-sent');
    const now = this.clock.now();
    const mailIds = await this.papers.send(id, group && membersOf(group), now, (person) => {
      const t = translateTo(person.language);
      return newTransactionalMail(this.env, {
        kind: 'paper',
        profileId: person.profileId,
        toName: person.name,
        toAddress: person.email,
        ...renderLinkMail({
          language: person.language,
          subject: title,
          greeting: translateTo(person.language)('text.greeting', { name: person.name }),
          before: [t('mail.paper.says')],
          label: t('mail.paper.label'),
          url: pageFromMail(this.env, person, `/papers/${id}`),
          after: [t('mail.paper.by', { by })],
        }),
        createdAt: now,
      });
    });
    if (mailIds.length === 0) throw new Conflict('paper-not-edited');
    await this.queues.hurry(mailIds.map((mailId) => job(MAIL, { mailId })));
  }
}
