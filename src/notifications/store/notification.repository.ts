import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { NotificationEntity } from './notification.entity.js';
import { FOLLOWS } from './recipient.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

export interface NotificationPlace {
  createdAt: Date;
  id: string;
}
export interface NotificationFilter {
  profile?: string;
  state?: string;
  recipient?: string;
  channel?: string;
}

/** Which messages were written to whom, and whether they were sent. */
@Injectable()
export class NotificationRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(NotificationEntity);
  }

  /** Returns the latest message to each recipient if it was given up: nobody reads its content. */
  async givenUp(profileId: string | null): Promise<NotificationEntity[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM (SELECT DISTINCT ON (r.id) n.id, n.state FROM recipient r JOIN notification n ON n.recipient_id = r.id
         WHERE r.stopped_at IS NULL AND ($1::text IS NULL OR r.profile_id = $1) AND ${FOLLOWS} ORDER BY r.id, n.created_at DESC) newest WHERE state = 'failed'`,
      [profileId],
    );
    return this.table.find({
      where: { id: In(rows.map((r) => r.id)) },
      order: { profileId: 'ASC', address: 'ASC' },
    });
  }

  findById(id: string): Promise<NotificationEntity | null> {
    return this.table.findOneBy({ id });
  }

  /** Whether a later copy of the message has been sent. */
  async wasSentAgain({ id, resendOf, createdAt }: NotificationEntity): Promise<boolean> {
    return this.table.existsBy({
      id: Not(id),
      resendOf: resendOf ?? id,
      createdAt: MoreThanOrEqual(createdAt),
      sentAt: Not(IsNull()),
    });
  }

  /**
   * Returns the institutes whose researchers' answers the message contains; a copy contains those of the
   * original. The message's own institute if the proposal is gone.
   */
  async answersOf({
    id,
    resendOf,
    profileId,
  }: Pick<NotificationEntity, 'id' | 'resendOf' | 'profileId'>): Promise<(string | null)[]> {
    // Includes institutes that the reader may not see: they get the message without its text.
    const rows = await acrossInstitutes('whose answers a message tells decides who may read it', () =>
      this.database.query<{ profile: string | null }[]>(
        `SELECT DISTINCT coalesce(p.profile_id, $2) AS profile FROM notification_item n LEFT JOIN proposal p ON p.id = n.about WHERE n.notification_id = $1 AND n.kind = 'answer'`,
        [resendOf ?? id, profileId],
      ),
    );
    return rows.map((r) => r.profile);
  }

  /** Returns a page of the outbox, newest first. */
  async list(
    filter: NotificationFilter,
    limit: number,
    after: NotificationPlace | null,
  ): Promise<{ items: NotificationEntity[]; total: number }> {
    const filtered = () => {
      const query = this.table.createQueryBuilder('n').where('true');
      if (filter.profile) query.andWhere('n.profile_id = :profile', { profile: filter.profile });
      if (filter.state) query.andWhere('n.state = :state', { state: filter.state });
      if (filter.recipient) query.andWhere('n.recipient_id = :recipient', { recipient: filter.recipient });
      if (filter.channel) query.andWhere('n.channel = :channel', { channel: filter.channel });
      return query;
    };
    const page = filtered().orderBy('n.created_at', 'DESC').addOrderBy('n.id', 'ASC').limit(limit);
    if (after)
      page.andWhere('(n.created_at < :createdAt OR (n.created_at = :createdAt AND n.id > :id))', after);
    return { items: await page.getMany(), total: await filtered().getCount() };
  }
}
