import { Injectable } from '@nestjs/common';
import type { JobData, NextJob, Stage } from '../../domain/jobs.js';
import { STALE_MS } from '../../domain/notification/mail-tries.js';
import { NotificationRepository } from '../../persistence/repositories/notification.repository.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import { OutboxSender } from '../../platform/mail/outbox-sender.js';

/** Sends one mail of the outbox. It is marked as sent, and its calls as told, only when the other side has accepted it. */
@Injectable()
export class DeliverStage implements Stage<'deliver'> {
  readonly job = 'deliver';

  constructor(
    private readonly outbox: NotificationRepository,
    private readonly recipients: RecipientRepository,
    private readonly sender: OutboxSender,
  ) {}

  async run({ notificationId }: JobData<'deliver'>): Promise<NextJob[]> {
    const mail = await this.outbox.claim(notificationId, STALE_MS);
    if (!mail) return [];
    if (await this.recipients.wantsMail(mail.profileId, mail.email)) {
      const { messageId, contactName, email, subject, html, text, unsubscribeUrl } = mail;
      await this.sender.send(this.outbox, mail, { messageId, to: { name: contactName, address: email }, replyTo: null, subject, html, text, unsubscribeUrl });
    } else await this.outbox.notSent(mail, 'they stopped the mails, or are no contact any more', null);
    return [];
  }
}
