import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { NotificationEntity } from '../entities/notification.entity.js';
import { claimMail, waitingMails } from './mail-claims.js';
import { IS_CONTACT } from './recipient.repository.js';
import { RecipientEntity } from '../entities/recipient.entity.js';
import { ToldEntity } from '../entities/told.entity.js';

export interface NotificationPlace { createdAt: Date; id: string }

/** The outbox: what was written to whom, and whether it left. */
@Injectable()
export class NotificationRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(NotificationEntity);
  }

  /** Puts somebody's first mail into the outbox and takes them in as a recipient. */
  writeFirst(mail: NotificationEntity, recipient: RecipientEntity): Promise<boolean> {
    return this.write(mail, (tx) => tx.insert(RecipientEntity, recipient));
  }

  /** Puts a digest into the outbox and marks its date as looked at: that alone, since they may be stopping the mails just now. */
  writeDigest(mail: NotificationEntity, slot: Date): Promise<boolean> {
    return this.write(mail, (tx) => tx.update(RecipientEntity, { profileId: mail.profileId, email: mail.email }, { lastSlotAt: slot }));
  }

  /**
   * A mail and what the occasion changes for its recipient, in one transaction. False where there is one of the same key:
   * the occasion was taken by another process, and nothing changes.
   */
  private async write(mail: NotificationEntity, occasion: (tx: EntityManager) => Promise<unknown>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const made = await tx.createQueryBuilder().insert().into(NotificationEntity).values(mail).orIgnore().returning('id').execute();
      if (!(made.raw as unknown[]).length) return false;
      await occasion(tx);
      return true;
    });
  }

  /** Takes a mail that waits and whose time has come, by the database's clock. One whose sender was killed is free again after `staleMs`. Null: not to be sent now. */
  async claim(id: string, staleMs: number): Promise<NotificationEntity | null> {
    return (await claimMail(this.database, 'notification', id, staleMs)) ? this.table.findOneBy({ id }) : null;
  }

  /** The other side has accepted the mail: only now its calls are told. Whoever sent it, it has left. */
  async sent(mail: NotificationEntity, where: string, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(NotificationEntity, { id: mail.id }, { state: 'sent', sentAt: now, sentWhere: where, error: null });
      const rows = mail.items.map((i) => ({ profileId: mail.profileId, email: mail.email, callId: i.callId, seq: i.seq, notificationId: mail.id }));
      if (rows.length) await tx.upsert(ToldEntity, rows, ['profileId', 'email', 'callId']);
    });
  }

  /**
   * It did not leave: it waits for the next try, or is given up where there is none. A sender that was thought dead has
   * nothing to say here any more: another has the mail since.
   */
  async notSent({ id, attempts }: NotificationEntity, error: string, nextTryAt: Date | null): Promise<void> {
    await this.table.update({ id, attempts, state: 'sending' }, { state: nextTryAt ? 'pending' : 'failed', error, nextTryAt });
  }

  /** Mails that wait and whose time has come, and those whose sender was killed. */
  waiting(staleMs: number): Promise<string[]> {
    return waitingMails(this.database, 'notification', staleMs);
  }

  /** The newest mail to each contact, where it was given up: nobody reads what it said. */
  async givenUp(profileId: string | null): Promise<NotificationEntity[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM (SELECT DISTINCT ON (r.profile_id, r.email) n.id, n.state FROM recipient r
          JOIN notification n ON n.profile_id = r.profile_id AND n.email = r.email
         WHERE r.stopped_at IS NULL AND ($1::text IS NULL OR r.profile_id = $1) AND ${IS_CONTACT}
         ORDER BY r.profile_id, r.email, n.created_at DESC) newest WHERE state = 'failed'`,
      [profileId],
    );
    return this.table.find({ where: { id: In(rows.map((r) => r.id)) }, order: { profileId: 'ASC', email: 'ASC' } });
  }

  hasWaiting(profileId: string, email: string): Promise<boolean> {
    return this.table.existsBy({ profileId, email, state: In(['pending', 'sending']) });
  }

  find(id: string): Promise<NotificationEntity | null> {
    return this.table.findOneBy({ id });
  }

  /** A page of the outbox, newest first. */
  async list(filter: { profile?: string; state?: string }, limit: number, after: NotificationPlace | null): Promise<{ items: NotificationEntity[]; total: number }> {
    const filtered = () => {
      const query = this.table.createQueryBuilder('n').where('true');
      if (filter.profile) query.andWhere('n.profile_id = :profile', { profile: filter.profile });
      if (filter.state) query.andWhere('n.state = :state', { state: filter.state });
      return query;
    };
    const page = filtered().orderBy('n.created_at', 'DESC').addOrderBy('n.id', 'ASC').limit(limit);
    if (after) page.andWhere('(n.created_at < :createdAt OR (n.created_at = :createdAt AND n.id > :id))', after);
    return { items: await page.getMany(), total: await filtered().getCount() };
  }
}
