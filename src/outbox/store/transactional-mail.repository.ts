import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, In, type EntityManager } from 'typeorm';
import { messageIdOf } from '../../platform/mail/message-id.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { TransactionalMailEntity } from './transactional-mail.entity.js';
import { openMail, sealedMail } from './transactional-mail-secrets.js';
import { claimMail, deadBefore, endTry, noteAccepted, WAITS, type Claim } from './mail-claims.js';

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
> &
  Partial<Pick<TransactionalMailEntity, 'alarmId'>>;

type Written = Omit<NewTransactionalMail, 'id' | 'messageId' | 'replyTo' | 'expiresAt' | 'alarmId'> &
  Partial<Pick<NewTransactionalMail, 'replyTo' | 'expiresAt'>>;

/**
 * A mail with an id of its own, by which it is known however often it is sent; answered to nobody and of use
 * for ever unless that is said.
 */
export function newTransactionalMail(env: { PUBLIC_URL: string }, written: Written): NewTransactionalMail {
  const id = randomUUID();
  return { id, replyTo: null, expiresAt: null, ...written, messageId: messageIdOf(id, env) };
}

/** Its link would be nobody's any more: it is asked for again. */
const LOCKED = 'it cannot be read with the present SECRET_KEY';

/**
 * The outbox of transactional e-mails. What a mail said is not kept once it has left: its link is a
 * credential.
 */
@Injectable()
export class TransactionalMailRepository {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  private get table() {
    return this.database.getRepository(TransactionalMailEntity);
  }

  /**
   * Puts a mail into the outbox, once under its id; in `tx` where it belongs to something that is stored with
   * it.
   */
  async write(
    transactionalMail: NewTransactionalMail,
    tx: EntityManager = this.database.manager,
  ): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(TransactionalMailEntity)
      .values({
        ...transactionalMail,
        ...sealedMail(this.box, transactionalMail),
        state: 'pending',
        attempts: 0,
      })
      .orIgnore()
      .execute();
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

  /**
   * Takes a mail that waits and whose time has come, by the database's clock; null where it is not to be sent
   * now.
   */
  async claim(id: string, staleMs: number): Promise<TransactionalMailEntity | null> {
    const attempts = await claimMail(this.database, 'transactional_mail', id, staleMs);
    if (attempts === null) return null;
    // The number of this very claim, and not of one that came since.
    const mail = { ...(await this.table.findOneByOrFail({ id })), attempts };
    const open = openMail(this.box, mail);
    if (!open) await (mail.alarmId === null ? this.notSent(mail, LOCKED, null) : this.takeBack(mail));
    return open;
  }

  async sent(mail: Pick<Claim, 'id'>, where: string, now: Date): Promise<void> {
    const emptied = `, text = '', html = ''`;
    await noteAccepted(this.database.manager, 'transactional_mail', mail, { where, now }, [emptied]);
  }

  /**
   * It did not leave: it waits for so long, or is given up where `waitMs` is null. One that was claimed again
   * since is left alone.
   */
  async notSent(claim: Claim, error: string, waitMs: number | null): Promise<void> {
    const emptied = waitMs === null ? `, text = '', html = ''` : '';
    await endTry(this.database.manager, 'transactional_mail', claim, { error, waitMs }, [emptied]);
  }

  /** Mails for which there is a job each: they wait and their time has come, or their sender was killed. */
  waiting(staleMs: number): Promise<string[]> {
    return this.waitingOf(`kind <> 'alarm'`, staleMs);
  }

  /** Mails about alarms that wait: no job takes them, since they may say that jobs are not worked off. */
  waitingAlarms(staleMs: number): Promise<string[]> {
    return this.waitingOf(`kind = 'alarm'`, staleMs);
  }

  /** The mails about these alarms, in the order in which they were accepted. */
  async ofAlarms(alarmIds: string[]): Promise<TransactionalMailEntity[]> {
    return this.table.find({
      where: { alarmId: In(alarmIds) },
      order: { sentAt: { direction: 'ASC', nulls: 'LAST' }, createdAt: 'ASC', id: 'ASC' },
    });
  }

  /**
   * Nothing in it is a credential, and no key opens it: its alarm is written anew, and has a day for it as
   * one that is new.
   */
  private async takeBack({ id, alarmId }: TransactionalMailEntity): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.delete(TransactionalMailEntity, { id });
      await tx.query(`UPDATE alarm SET delivery = 'pending', logged_at = clock_timestamp() WHERE id = $1`, [
        alarmId,
      ]);
    });
  }

  private async waitingOf(which: string, staleMs: number): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM transactional_mail WHERE ${which} AND ${WAITS} ORDER BY created_at LIMIT 1000`,
      [await deadBefore(this.database, staleMs)],
    );
    return rows.map((r) => r.id);
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
