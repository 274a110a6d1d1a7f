import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { NotificationEntity, type NotificationItemEntity } from './notification.entity.js';
import { FOLLOWS } from './recipient.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { matchesSeenBy } from '../../platform/database/row-scope.js';
import type { ChangeKind } from '../../calls/domain/versions/diff.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';

interface NotificationPlace {
  createdAt: Date;
  id: string;
}
interface NotificationFilter {
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

export type SentMail = Pick<NotificationEntity, 'id' | 'profileId' | 'kind'> & { where: string; at: Date };
/** A written message; `items` are its calls, in the version shown. */
export type SentMessage = Pick<
  NotificationEntity,
  'id' | 'recipientId' | 'profileId' | 'kind' | 'state' | 'more'
> & { at: Date; items: { callId: string; version: number }[] };
export type SentItem = Pick<
  NotificationItemEntity,
  | 'recipientId'
  | 'key'
  | 'kind'
  | 'callId'
  | 'version'
  | 'urgency'
  | 'held'
  | 'place'
  | 'state'
  | 'why'
  | 'madeAt'
  | 'notificationId'
>;
/**
 * Since when a call is known to fit an institute well enough to be announced, and its current score: null if
 * it no longer fits.
 */
export interface KnownFit {
  profileId: string;
  callId: string;
  since: Date;
  score: number | null;
}
/** When a change of a call was found. */
export interface SeenChange {
  reference: string;
  callId: string;
  version: number;
  at: Date;
  lastDeadlineAt: Date | null;
}

/** A log of everything that was ever announced, and of what could have been. */
@Injectable()
export class NotificationLog {
  constructor(private readonly database: DataSource) {}

  /** Returns e-mails by where their channel said they went. */
  sentAs(places: string[]): Promise<SentMail[]> {
    return this.database.query(
      `SELECT id, profile_id AS "profileId", kind, sent_where AS where, created_at AS at FROM notification WHERE channel = 'email' AND state = 'sent' AND sent_where = ANY($1)`,
      [places],
    );
  }

  /** Returns messages in the order in which they were written, without copies sent by hand. */
  messages(): Promise<SentMessage[]> {
    return this.database.query(
      `SELECT id, recipient_id AS "recipientId", profile_id AS "profileId", kind, state, more, created_at AS at, items FROM notification WHERE resend_of IS NULL ORDER BY created_at, id`,
    );
  }

  /** Counts what was decided and written so far: growth means that something was done. */
  async progress(): Promise<string> {
    const rows: { progress: string }[] = await this.database.query(
      `SELECT concat_ws('/', (SELECT count(*) FROM notification), (SELECT count(*) FROM notification_item), (SELECT count(*) FROM notification_item WHERE state <> 'waiting')) AS progress`,
    );
    return rows[0]!.progress;
  }

  items(): Promise<SentItem[]> {
    return this.database.query(
      `SELECT recipient_id AS "recipientId", key, kind, call_id AS "callId", version, urgency, held, place, state, why, made_at AS "madeAt", notification_id AS "notificationId" FROM notification_item ORDER BY made_at, recipient_id, key`,
    );
  }

  /** Returns known fits, without calls open to all subjects, which fit nobody. */
  fits(): Promise<KnownFit[]> {
    return this.database.query(
      `SELECT e.profile_id AS "profileId", e.call_id AS "callId", min(e.at) AS since, max(m.score) AS score
         FROM event e JOIN call ON call.id = e.call_id LEFT JOIN ${matchesSeenBy('ARRAY[e.profile_id]')} m ON m.profile_id = e.profile_id AND m.call_id = e.call_id
        WHERE e.kind = 'match' AND e.inside AND NOT ${bottomUpSql()} GROUP BY e.profile_id, e.call_id`,
    );
  }

  /** Returns changes of a kind, earliest first, with the call's last deadline after the change. */
  changes(kind: ChangeKind): Promise<SeenChange[]> {
    return this.database.query(
      `SELECT content->>'reference' AS reference, call_id AS "callId", version, seen_at AS at, (content->'deadlines'->-1->>'at')::timestamptz AS "lastDeadlineAt" FROM call_version WHERE $1 = ANY(kinds) ORDER BY seq`,
      [kind],
    );
  }
}
