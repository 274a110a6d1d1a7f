import { Inject, Injectable } from '@nestjs/common';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import { STALE_MS } from './domain/tries.js';
import type { Clock } from '../kernel/ports.js';
import type { TransactionalMailEntity, TransactionalMailKind } from './store/transactional-mail.entity.js';
import { TransactionalMailRepository } from './store/transactional-mail.repository.js';
import { OutboxSender } from './outbox-sender.js';
import { CLOCK } from '../platform/tokens.js';

const LINK_EXPIRED = 'its link had expired before it could leave';
const EXPIRED = 'it was too late before it could leave';
/** Why there was no use in sending it any more. */
const TOO_LATE: Record<TransactionalMailKind, string> = {
  'sign-in': LINK_EXPIRED,
  invitation: LINK_EXPIRED,
  contact: LINK_EXPIRED,
  settings: LINK_EXPIRED,
  'contact-change': EXPIRED,
  removal: EXPIRED,
  passkey: EXPIRED,
  proposal: 'the last deadline of the call had passed before it could leave',
  answer: EXPIRED,
  departure: EXPIRED,
  milestones: EXPIRED,
  interest: EXPIRED,
  paper: EXPIRED,
  mention: EXPIRED,
};

/** Sends one mail of one occasion: a link to sign in, an invitation, a call proposed to a researcher. */
@Injectable()
export class TransactionalMailProcessor implements Processor<'mail'> {
  readonly job = 'mail';

  constructor(
    private readonly mails: TransactionalMailRepository,
    private readonly sender: OutboxSender,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ mailId }: JobData<'mail'>): Promise<NextJob[]> {
    const transactionalMail = await this.mails.claim(mailId, STALE_MS);
    if (!transactionalMail) return [];
    if (transactionalMail.expiresAt && transactionalMail.expiresAt <= this.clock.now())
      await this.mails.notSent(transactionalMail, TOO_LATE[transactionalMail.kind], null);
    else await this.send(transactionalMail);
    return [];
  }

  private send(transactionalMail: TransactionalMailEntity): Promise<void> {
    const { messageId, toName, toAddress, replyTo, subject, html, text } = transactionalMail;
    return this.sender.send(this.mails, transactionalMail, {
      messageId,
      to: { name: toName, address: toAddress },
      replyTo,
      subject,
      html,
      text,
      unsubscribeUrl: null,
    });
  }
}
