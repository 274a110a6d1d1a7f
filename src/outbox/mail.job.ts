import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { CarnotError } from '../kernel/errors.js';
import { isAddressGone } from '../kernel/mail-refusal.js';
import type { Clock, Mailer } from '../kernel/ports.js';
import { redacted } from '../kernel/one-line.js';
import { CLOCK, MAILER } from '../platform/tokens.js';
import { tryToSend } from './attempt.js';
import { MAIL_WAITS, STALE_MS } from './domain/tries.js';
import {
  type TransactionalMailEntity,
  TransactionalMailRepository,
} from './store/transactional-mail.repository.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../platform/queue/job.js';

const LINK_EXPIRED = 'its link had expired before it could leave';
const LEFT = 'its reader has left, is not on the list, or wants no calls';
const EXPIRED = 'it was too late before it could leave';
/** Why an e-mail is not worth sending any more, by its kind; of all others it is only late. */
const TOO_LATE = new Map([
  ['sign-in', LINK_EXPIRED],
  ['invitation', LINK_EXPIRED],
  ['contact', LINK_EXPIRED],
  ['settings', LINK_EXPIRED],
  ['proposal', 'the last deadline of the call had passed before it could leave'],
]);

/** Sends transactional e-mails from the outbox once they are due, whatever process finds them. */
@Injectable()
export class MailDelivery {
  private readonly log = new Logger('Mail');

  constructor(
    private readonly mails: TransactionalMailRepository,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sends an e-mail that is due; does nothing if another process has claimed it or it was sent. */
  async deliver(id: string): Promise<void> {
    const mail = await this.mails.claim(id, STALE_MS);
    if (!mail) return;
    if (mail.expiresAt && mail.expiresAt <= this.clock.now())
      await this.mails.notSent(mail, TOO_LATE.get(mail.kind) ?? EXPIRED);
    else if (await this.mails.hasLeft(mail)) await this.mails.notSent(mail, LEFT);
    else await this.send(mail);
  }

  private send(mail: TransactionalMailEntity): Promise<void> {
    const { id, kind, attempts, messageId, threads, toName, toAddress, fromName, replyTo } = mail;
    const { subject, html, text, unsubscribeUrl } = mail;
    const to = { name: toName, address: toAddress };
    const withoutAddress = (words: string): string => redacted(words, { to, secrets: [] });
    return tryToSend(this.log, {
      name: `e-mail ${id} (${kind})`,
      attempts,
      waits: MAIL_WAITS,
      send: () =>
        this.mailer.send({ messageId, threads, to, fromName, replyTo, subject, html, text, unsubscribeUrl }),
      accepted: (where) => this.mails.sent(mail, withoutAddress(where), this.clock.now()),
      wordsOf: ({ message }) => withoutAddress(message),
      refused: async (error, words, waitMs) => {
        if (!(error instanceof CarnotError) || error.retryPolicy !== 'never')
          return this.mails.refused(mail, words, waitMs);
        if (isAddressGone(error)) await this.mails.addressGone(mail, words, this.clock.now());
        else await this.mails.notSent(mail, words);
      },
    });
  }
}

export const MAIL = defineJob({
  name: 'mail',
  queue: 'mail',
  data: z.strictObject({ mailId: z.uuid() }),
  rows: ofAllInstitutes('an e-mail leaves for whoever it is addressed to'),
});

/** A sign-in link does not wait behind copies of a newsletter, which a slow server may hold for long. */
export const copyJob = (mailId: string): NextJob => ({ ...job(MAIL, { mailId }), last: true });

/** Sends one transactional e-mail: a sign-in link, an invitation, a call proposed to a researcher. */
@Runs(MAIL)
export class MailJob implements Job<typeof MAIL> {
  constructor(
    private readonly delivery: MailDelivery,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /** Finds e-mails waiting in the outbox: the job was lost, or the first try failed. */
  async due(): Promise<NextJob[]> {
    return [
      ...(await this.mails.waiting(STALE_MS)).map((mailId) => job(MAIL, { mailId })),
      ...(await this.mails.waitingCopies(STALE_MS)).map(copyJob),
    ];
  }

  async run({ mailId }: JobData<typeof MAIL>): Promise<NextJob[]> {
    await this.delivery.deliver(mailId);
    return [];
  }
}
