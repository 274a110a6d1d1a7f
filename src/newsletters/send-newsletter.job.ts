import { Inject } from '@nestjs/common';
import { z } from 'zod';
import { PersonRepository } from '../access/store/person.repository.js';
import { oneLine } from '../kernel/one-line.js';
import type { Clock } from '../kernel/ports.js';
import { copyJob } from '../outbox/mail.job.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import { newSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofItsInstitute,
  Runs,
} from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { markedLink, markOf } from './domain/newsletter-mail.js';
import { NewsletterCopyRepository } from './store/newsletter-copy.repository.js';
import { NewsletterRepository } from './store/newsletter.repository.js';

export const SEND_NEWSLETTER = defineJob({
  name: 'send-newsletter',
  queue: 'mail',
  data: z.strictObject({ profileId: z.string(), newsletterId: z.uuid() }),
  rows: ofItsInstitute,
});

/** Writes some copies of a newsletter at a time, so that e-mails that somebody waits for leave in between. */
@Runs(SEND_NEWSLETTER)
export class SendNewsletterJob implements Job<typeof SEND_NEWSLETTER> {
  constructor(
    private readonly newsletters: NewsletterRepository,
    private readonly copies: NewsletterCopyRepository,
    private readonly profiles: ProfileRepository,
    private readonly people: PersonRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds newsletters of which copies have still to be written: the job was lost, or its process died. */
  async due(): Promise<NextJob[]> {
    return (await this.copies.unfinished()).map((newsletter) => job(SEND_NEWSLETTER, newsletter));
  }

  async run({ profileId, newsletterId }: JobData<typeof SEND_NEWSLETTER>): Promise<NextJob[]> {
    const newsletter = await this.newsletters.findById(profileId, newsletterId);
    const ids = await this.copies.unwritten(newsletterId);
    const sent = await this.newsletters.sentMail(newsletterId);
    if (!newsletter || !sent || ids.length === 0) return [];
    const { title, updatedById } = newsletter;
    const fromName = oneLine((await this.profiles.get(profileId)).content.name);
    const officer = updatedById === null ? null : await this.people.findById(updatedById);
    const replyTo = officer?.removedAt === null ? officer.email : null;
    const next: NextJob[] = [];
    for (const id of ids) {
      const { secret, hash } = newSecret();
      const own = (text: string): string => text.replaceAll(markOf(newsletterId), secret);
      const mailId = await this.copies.write(id, hash, ({ address, name }) =>
        newTransactionalMail(this.env, {
          ...{ kind: 'newsletter', profileId, toName: name, toAddress: address, fromName, replyTo },
          ...{ subject: oneLine(title), html: own(sent.html), text: own(sent.text) },
          ...{ unsubscribeUrl: own(markedLink(this.env, newsletterId)), createdAt: this.clock.now() },
        }),
      );
      if (mailId !== null) next.push(copyJob(mailId));
    }
    return [...next, { ...job(SEND_NEWSLETTER, { profileId, newsletterId }), last: true }];
  }
}
