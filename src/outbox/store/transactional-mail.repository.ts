import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, In, type EntityManager } from 'typeorm';
import { messageIdOf } from '../../platform/mail/message.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { TransactionalMailEntity } from './transactional-mail.entity.js';
import { openMail, sealedMail } from './transactional-mail-secrets.js';
import { NOTE_GIVEN_UP } from './given-up.js';
import { leaveOut, stopReader } from './newsletter-readers.js';
import { type Claim, claimMail, deadBefore, endTry, noteAccepted, WAITS } from './mail-claims.js';

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
  Partial<Pick<TransactionalMailEntity, 'alarmId' | 'threads' | 'fromName' | 'unsubscribeUrl'>>;

type Written = Omit<
  NewTransactionalMail,
  'id' | 'messageId' | 'replyTo' | 'expiresAt' | 'alarmId' | 'threads' | 'fromName' | 'unsubscribeUrl'
> &
  Partial<Pick<NewTransactionalMail, 'replyTo' | 'expiresAt' | 'fromName' | 'unsubscribeUrl'>>;

/**
 * Returns an e-mail with its own id, which is the same at every try; by default it has no reply address and
 * does not expire.
 */
export function newTransactionalMail(env: { PUBLIC_URL: string }, written: Written): NewTransactionalMail {
  const id = randomUUID();
  return { id, replyTo: null, expiresAt: null, ...written, messageId: messageIdOf(id, env) };
}

/** What is a credential goes once no other try needs it. */
const EMPTIED = `, text = '', html = '', unsubscribe_url = NULL`;
/** So many get a job at once, and so many of them are copies of newsletters. */
const [MOST_DUE, MOST_COPIES] = [1_000, 100];
/** Its link would be useless: people have to request a new one. */
const LOCKED = 'it cannot be read with the present SECRET_KEY';

/** The outbox of transactional e-mails. The text is not kept once it is sent: its link is a credential. */
@Injectable()
export class TransactionalMailRepository {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  private get table() {
    return this.database.getRepository(TransactionalMailEntity);
  }

  /** Adds an e-mail to the outbox, once per id; in `tx` if it belongs to something stored with it. */
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
        ...sealedMail(this.box, { unsubscribeUrl: null, ...transactionalMail }),
        state: 'pending',
        attempts: 0,
      })
      .orIgnore()
      .execute();
  }

  /** Replaces the text of a waiting e-mail, in `tx`; returns false if it is being sent or was sent. */
  async rewrite(
    id: string,
    { subject, text, html }: Pick<NewTransactionalMail, 'subject' | 'text' | 'html'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const { affected } = await tx.update(
      TransactionalMailEntity,
      { id, state: 'pending' },
      { subject, ...sealedMail(this.box, { id, text, html, unsubscribeUrl: null }) },
    );
    return affected === 1;
  }

  /** Claims a waiting e-mail that is due by the database's clock; null if it is not to be sent now. */
  async claim(id: string, staleMs: number): Promise<TransactionalMailEntity | null> {
    const attempts = await claimMail(this.database, 'transactional_mail', id, staleMs);
    if (attempts === null) return null;
    // The number of this claim, not of a later one.
    const mail = { ...(await this.table.findOneByOrFail({ id })), attempts };
    const open = openMail(this.box, mail);
    if (!open) await (mail.alarmId === null ? this.notSent(mail, LOCKED) : this.takeBack(mail));
    return open;
  }

  async sent(mail: Pick<Claim, 'id'>, where: string, now: Date): Promise<void> {
    await noteAccepted(this.database.manager, 'transactional_mail', mail, { where, now }, [EMPTIED]);
  }

  /** Records a failed try that is repeated after `waitMs`, or (null) when the operator says so. */
  async refused(claim: Claim, error: string, waitMs: number | null): Promise<void> {
    await endTry(this.database.manager, 'transactional_mail', claim, { error, waitMs }, [NOTE_GIVEN_UP]);
  }

  /** Ends an e-mail that no other try would deliver. Does nothing if it was claimed again since. */
  async notSent(claim: Claim, error: string, tx: EntityManager = this.database.manager): Promise<boolean> {
    return endTry(tx, 'transactional_mail', claim, { error, waitMs: null }, [EMPTIED]);
  }

  /** Ends an e-mail to an address that does not exist: the list that it was for is not written to there. */
  async addressGone(claim: Claim, error: string, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await this.notSent(claim, error, tx)) await stopReader(tx, claim.id, error, now);
    });
  }

  /** Whether who was to read it has left its list since it was written: it is not worth sending. */
  async hasLeft({ id, kind }: TransactionalMailEntity): Promise<boolean> {
    return kind === 'newsletter' && leaveOut(this.database.manager, id);
  }

  /** Returns a sent e-mail of a list, by its Message-ID; null if it is none. */
  returned(messageId: string): Promise<TransactionalMailEntity | null> {
    return this.table.findOneBy({ messageId, kind: 'newsletter' });
  }

  /** Records that a mail server reported, after accepting an e-mail, that it did not arrive. */
  async bounced(mail: TransactionalMailEntity, answer: string, gone: boolean, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(
        TransactionalMailEntity,
        { id: mail.id, state: 'sent' },
        { state: 'failed', error: answer },
      );
      if (gone) await stopReader(tx, mail.id, answer, now);
    });
  }

  /**
   * Returns e-mails that need a job: they are due, or their sender was killed. Those that somebody waits for
   * come first, and of copies of newsletters so few that a sign-in link does not wait long behind them.
   */
  async waiting(staleMs: number): Promise<string[]> {
    return [
      ...(await this.waitingOf(`kind NOT IN ('alarm', 'newsletter')`, staleMs)),
      ...(await this.waitingOf(`kind = 'newsletter'`, staleMs, MOST_COPIES)),
    ];
  }

  /** Returns waiting alarm e-mails: no job sends them, since they may report that jobs are not processed. */
  waitingAlarms(staleMs: number): Promise<string[]> {
    return this.waitingOf(`kind = 'alarm'`, staleMs);
  }

  /** Returns the e-mails about these alarms, in the order in which they were accepted. */
  async ofAlarms(alarmIds: string[]): Promise<TransactionalMailEntity[]> {
    return this.table.find({
      where: { alarmId: In(alarmIds) },
      order: { sentAt: { direction: 'ASC', nulls: 'LAST' }, createdAt: 'ASC', id: 'ASC' },
    });
  }

  /**
   * Deletes an e-mail that no key decrypts. It contains no credential: its alarm is written again, and gets a
   * day for it like a new one.
   */
  private async takeBack({ id, alarmId }: TransactionalMailEntity): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.delete(TransactionalMailEntity, { id });
      await tx.query(`UPDATE alarm SET delivery = 'pending', logged_at = clock_timestamp() WHERE id = $1`, [
        alarmId,
      ]);
    });
  }

  private async waitingOf(which: string, staleMs: number, most = MOST_DUE): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM transactional_mail WHERE ${which} AND ${WAITS} ORDER BY created_at LIMIT $2`,
      [await deadBefore(this.database, staleMs), most],
    );
    return rows.map((r) => r.id);
  }

  /** Returns the states of e-mails, by id. */
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
