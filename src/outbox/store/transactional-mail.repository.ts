import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { messageIdOf } from '../../platform/mail/message-id.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { TransactionalMailEntity } from './transactional-mail.entity.js';
import { openMail, sealedMail } from './transactional-mail-secrets.js';
import { claimMail, waitingMails } from './mail-claims.js';

export type NewTransactionalMail = Pick<
  TransactionalMailEntity,
  | 'id'
  | 'kind'
  | 'profileId'
  | 'toName'
  | 'toAddress'
  | 'replyTo'
  | 'subject'
  | 'text'
  | 'html'
  | 'messageId'
  | 'expiresAt'
  | 'createdAt'
>;

type Written = Omit<NewTransactionalMail, 'id' | 'messageId' | 'replyTo' | 'expiresAt'> &
  Partial<Pick<NewTransactionalMail, 'replyTo' | 'expiresAt'>>;

/** A mail with an id of its own, by which it is known however often it is sent; answered to nobody and of use for ever unless that is said. */
export function newTransactionalMail(env: { PUBLIC_URL: string }, written: Written): NewTransactionalMail {
  const id = randomUUID();
  return { id, replyTo: null, expiresAt: null, ...written, messageId: messageIdOf(id, env) };
}

/** Its link would be nobody's any more: it is asked for again. */
const LOCKED = 'it cannot be read with the present SECRET_KEY';

/** The outbox of mails of one occasion. What a mail said is not kept once it has left: its link is a credential. */
@Injectable()
export class TransactionalMailRepository {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  private get table() {
    return this.database.getRepository(TransactionalMailEntity);
  }

  /** Puts a mail into the outbox; in `tx` where it belongs to something that is stored with it. */
  async write(
    transactionalMail: NewTransactionalMail,
    tx: EntityManager = this.database.manager,
  ): Promise<void> {
    await tx.insert(TransactionalMailEntity, {
      ...transactionalMail,
      ...sealedMail(this.box, transactionalMail),
      state: 'pending',
      attempts: 0,
    });
  }

  /** Gives a mail that waits other words, in `tx`; false where it is leaving already, or has left. */
  async rewrite(
    id: string,
    { subject, text, html }: Pick<NewTransactionalMail, 'subject' | 'text' | 'html'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const { affected } = await tx.update(
      TransactionalMailEntity,
      { id, state: 'pending' },
      { subject, ...sealedMail(this.box, { id, text, html }) },
    );
    return affected === 1;
  }

  /** Takes a mail that waits and whose time has come, by the database's clock; null where it is not to be sent now. */
  async claim(id: string, staleMs: number): Promise<TransactionalMailEntity | null> {
    const transactionalMail = (await claimMail(this.database, 'transactional_mail', id, staleMs))
      ? await this.table.findOneBy({ id })
      : null;
    const open = transactionalMail && openMail(this.box, transactionalMail);
    if (transactionalMail && !open) await this.notSent(transactionalMail, LOCKED, null);
    return open;
  }

  async sent({ id }: TransactionalMailEntity, where: string, now: Date): Promise<void> {
    await this.table.update(
      { id },
      { state: 'sent', sentAt: now, sentWhere: where, error: null, text: '', html: '' },
    );
  }

  /** It did not leave: it waits for the next try, or is given up where there is none. One that was claimed again since is left alone. */
  async notSent(
    { id, attempts }: TransactionalMailEntity,
    error: string,
    nextTryAt: Date | null,
  ): Promise<void> {
    const over = nextTryAt ? {} : { text: '', html: '' };
    await this.table.update(
      { id, attempts, state: 'sending' },
      { state: nextTryAt ? 'pending' : 'failed', error, nextTryAt, ...over },
    );
  }

  /** Mails that wait and whose time has come, and those whose sender was killed. */
  waiting(staleMs: number): Promise<string[]> {
    return waitingMails(this.database, 'transactional_mail', staleMs);
  }

  /** How mails do, by id. */
  async states(
    ids: string[],
  ): Promise<Map<string, Pick<TransactionalMailEntity, 'state' | 'error' | 'sentAt'>>> {
    const rows = await this.table
      .createQueryBuilder('l')
      .select(['l.id', 'l.state', 'l.error', 'l.sentAt'])
      .where('l.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(rows.map((r) => [r.id, r]));
  }
}
