import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  ForeignKey,
  In,
  Index,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { sha256 } from '../../kernel/hash.js';
import type { DeliveryState } from '../domain/tries.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { messageIdOf } from '../../platform/mail/message.js';
import { NOTE_GIVEN_UP, type Claim, claimMail, deadBefore, endTry, noteAccepted, WAITS } from './sending.js';

/** A transactional e-mail, in the outbox until the other side has accepted it. */
@Entity('transactional_mail')
@Index('transactional_mail_alarm', ['alarmId'])
@Index('transactional_mail_profile', ['profileId'])
@Index('transactional_mail_sent', ['sentAt'])
@Index('transactional_mail_waiting', ['state'], { where: "state IN ('pending', 'sending')" })
export class TransactionalMailEntity {
  @PrimaryColumn('uuid') id: string;
  /** What it is about, as logs name it: `proposal`, `newsletter`, `alarm`. */
  @Column('text') kind: string;
  @ForeignKey('ProfileEntity', 'id', { name: 'transactional_mail_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** Only for an e-mail about an alarm. */
  @ForeignKey('AlarmEntity', 'id', { name: 'transactional_mail_alarm_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'alarm_id', nullable: true })
  alarmId: string | null;
  @Column('text', { name: 'to_name', nullable: true }) toName: string | null;
  @Column('text', { name: 'to_address' }) toAddress: string;
  /** Whose name its sender bears; null for that of the installation. */
  @Column('text', { name: 'from_name', nullable: true }) fromName: string | null;
  /** Who receives replies. */
  @Column('text', { name: 'reply_to', nullable: true }) replyTo: string | null;
  @Column('text') subject: string;
  /** Emptied once the e-mail is sent, or cannot be: it contains a link that is a credential. */
  @Column('text') text: string;
  @Column('text') html: string;
  /** By which its reader leaves its list with one click (RFC 8058): a credential. Null if it has none. */
  @Column('text', { name: 'unsubscribe_url', nullable: true }) unsubscribeUrl: string | null;
  @Column('text', { name: 'message_id' }) messageId: string;
  /** Ids of its thread; empty if it has none. */
  @Column('text', { array: true, default: '{}' }) threads: string[];
  /** Not worth sending after this time. */
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('text') state: DeliveryState;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) error: string | null;
  /** When it was given up after its tries; the operator may have it sent again. */
  @Column('timestamptz', { name: 'given_up_at', nullable: true }) givenUpAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('text', { name: 'sent_where', nullable: true }) sentWhere: string | null;
}

type Words = Pick<TransactionalMailEntity, 'id' | 'text' | 'html' | 'unsubscribeUrl'>;

/** An empty text has been sent, and contains no secret. */
const sealed = (box: SecretBox, text: string, place: string): string =>
  text === '' ? '' : box.seal(text, place);

/** Seals the text of a transactional e-mail: its link is a credential while it waits. */
export const sealedMail = (box: SecretBox, { id, text, html, unsubscribeUrl }: Words): Omit<Words, 'id'> => ({
  text: sealed(box, text, `letter.text/${id}`),
  html: sealed(box, html, `letter.html/${id}`),
  unsubscribeUrl: unsubscribeUrl && box.seal(unsubscribeUrl, `letter.unsubscribe/${id}`),
});

/** Returns an e-mail ready to send; null if none of our keys decrypts it. */
export function openMail<T extends Words>(box: SecretBox, transactionalMail: T): T | null {
  const { id, unsubscribeUrl: link } = transactionalMail;
  const text = box.open(transactionalMail.text, `letter.text/${id}`);
  const html = box.open(transactionalMail.html, `letter.html/${id}`);
  const unsubscribeUrl = link && box.open(link, `letter.unsubscribe/${id}`);
  return text === null || html === null || (link && unsubscribeUrl === null)
    ? null
    : { ...transactionalMail, text, html, unsubscribeUrl };
}

/**
 * Of the reader `r` of a newsletter: that they want no calls from the institute, or else why they are not
 * written to; null if they are.
 */
export const WHY_LEFT_OUT = `CASE WHEN EXISTS (SELECT FROM researcher_objection o WHERE o.profile_id = r.profile_id AND o.address_hash = r.address_hash) THEN 'objects'
  WHEN r.left_at IS NOT NULL THEN 'left' WHEN r.removed_at IS NOT NULL THEN 'removed' WHEN r.stopped_at IS NOT NULL THEN 'stopped' END`;

/** Notes that a reader is no longer written to, before their e-mail was sent; returns whether so. */
async function leaveOut(tx: EntityManager, mailId: string): Promise<boolean> {
  const [, left]: [unknown[], number] = await tx.query(
    `UPDATE newsletter_copy c SET left_out = ${WHY_LEFT_OUT} FROM newsletter_reader r WHERE c.mail_id = $1 AND r.id = c.reader_id AND ${WHY_LEFT_OUT} IS NOT NULL`,
    [mailId],
  );
  return left > 0;
}

/** Stops the reader of an e-mail to an address that does not exist, on all lists of the institute. */
async function stopReader(tx: EntityManager, mailId: string, why: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE newsletter_reader r SET stopped_at = $2, stopped_why = $3 FROM newsletter_copy c JOIN newsletter_reader one ON one.id = c.reader_id
      WHERE c.mail_id = $1 AND r.profile_id = one.profile_id AND r.address_hash = one.address_hash AND r.address <> '' AND r.stopped_at IS NULL`,
    [mailId, now, why],
  );
}

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
/** Kinds to people who need no account to read them; all others tell of the inside, or let somebody in. */
const WITHOUT_ACCOUNT = ['proposal', 'contact', 'settings', 'alarm'];
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

  /** Whether who was to read it has left, or asked for no calls, since it was written. */
  async hasLeft({ id, kind, profileId, toAddress }: TransactionalMailEntity): Promise<boolean> {
    if (kind === 'newsletter') return leaveOut(this.database.manager, id);
    if (!WITHOUT_ACCOUNT.includes(kind)) {
      const [person]: unknown[] = await this.database.query(
        'SELECT FROM person WHERE email = $1 AND profile_id IS NOT DISTINCT FROM $2 AND removed_at IS NULL',
        [toAddress, profileId],
      );
      return person === undefined;
    }
    const [objection]: unknown[] = await this.database.query(
      `SELECT FROM researcher_objection WHERE $1 = 'proposal' AND profile_id = $2 AND address_hash = $3`,
      [kind, profileId, sha256(toAddress.toLowerCase())],
    );
    return objection !== undefined;
  }

  /** Returns an e-mail by its Message-ID; null if it is none of ours. */
  returned(messageId: string): Promise<TransactionalMailEntity | null> {
    return this.table.findOneBy({ messageId });
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

  /** Returns e-mails that need a job: they are due, or their sender was killed. */
  waiting(staleMs: number): Promise<string[]> {
    return this.waitingOf(`kind NOT IN ('alarm', 'newsletter')`, staleMs);
  }

  /** Returns some of the copies of newsletters that need a job; nobody waits for them. */
  waitingCopies(staleMs: number): Promise<string[]> {
    return this.waitingOf(`kind = 'newsletter'`, staleMs, MOST_COPIES);
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
