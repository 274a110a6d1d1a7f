import { Inject, Injectable, Logger } from '@nestjs/common';
import { CarnotError } from '../../domain/errors.js';
import type { JobData, NextJob, Stage } from '../../domain/jobs.js';
import { MOST_ATTEMPTS, nextTryMs, STALE_MS } from '../../domain/notification/mail-tries.js';
import type { Channel, Clock } from '../../domain/ports.js';
import type { NotificationEntity } from '../../persistence/entities/notification.entity.js';
import { NotificationRepository } from '../../persistence/repositories/notification.repository.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import { CHANNEL, CLOCK } from '../../platform/tokens.js';

const MARK_TRIES = 5;

/** Sends one mail of the outbox. It is marked as sent, and its calls as told, only when the other side has accepted it. */
@Injectable()
export class DeliverStage implements Stage<'deliver'> {
  readonly job = 'deliver';
  private readonly log = new Logger('Mail');

  constructor(
    private readonly outbox: NotificationRepository,
    private readonly recipients: RecipientRepository,
    @Inject(CHANNEL) private readonly channel: Channel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ notificationId }: JobData<'deliver'>): Promise<NextJob[]> {
    const mail = await this.outbox.claim(notificationId, STALE_MS);
    if (!mail) return [];
    if (!(await this.recipients.wantsMail(mail.profileId, mail.email))) {
      await this.outbox.notSent(mail, 'they stopped the mails, or are no contact any more', null);
      return [];
    }
    const where = await this.send(mail);
    // Apart from the sending: that our database failed must not be taken for a mail that did not leave.
    if (where !== null) await this.markSent(mail, where);
    return [];
  }

  /** Tried more than once: a mail that has left and is not marked is sent again when its sender is taken for dead. */
  private async markSent(mail: NotificationEntity, where: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.outbox.sent(mail, where, this.clock.now());
      } catch (error) {
        if (tries >= MARK_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, tries * 1_000));
      }
    }
  }

  /** Where the mail went; null where it did not leave. */
  private async send(mail: NotificationEntity): Promise<string | null> {
    const { messageId, contactName, email, subject, html, text, unsubscribeUrl } = mail;
    try {
      return (await this.channel.send({ messageId, to: { name: contactName, address: email }, replyTo: null, subject, html, text, unsubscribeUrl })).where;
    } catch (error) {
      await this.notSent(mail, error as Error);
      return null;
    }
  }

  /** The outbox remembers when to try again, so that a mail outlives any queue. Only a refusal of this very mail is final. */
  private async notSent(mail: NotificationEntity, error: Error): Promise<void> {
    const final = (error instanceof CarnotError && error.remedy === 'never') || mail.attempts >= MOST_ATTEMPTS;
    const nextTryAt = final ? null : new Date(Date.now() + nextTryMs(mail.attempts));
    await this.outbox.notSent(mail, error.message, nextTryAt);
    this.log.warn(`mail ${mail.id} did not leave: ${error.message}; ${nextTryAt ? `next try at ${nextTryAt.toISOString()}` : 'given up'}`);
  }
}
