import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, MoreThan, MoreThanOrEqual, Not } from 'typeorm';
import { NotificationEntity, NotificationItemEntity, RecipientEntity } from './notification.entity.js';
import { FOLLOWS, type Target } from './recipient.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { matchesSeenBy } from '../../platform/database/row-scope.js';
import type { ChangeKind } from '../../calls/domain/versions/diff.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';
import { withMark } from './recipient-secrets.js';

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

/** What was decided about a recipient's waiting items, with or without a message. */
export interface Settled {
  recipientId: string;
  /** What the message announces, with the version of the call. */
  announcedKeys: { key: string; version: number | null }[];
  /** What is dropped, and why. */
  drops: { key: string; why: string }[];
  /** Also announced: deadlines, and the calls of a first message. */
  beside: Pick<NotificationItemEntity, 'key' | 'kind' | 'callId' | 'version'>[];
  /** The digest date that was processed. */
  slot: Date | null;
  /** The subscriptions covered by a first message. */
  welcomed: Target[];
  now: Date;
}

/** Another process decided in the meantime: the transaction is rolled back. */
class Overtaken extends Error {}

/** Writes messages to the outbox with the items they settle, in one transaction. */
@Injectable()
export class MessageRepository {
  constructor(private readonly database: DataSource) {}

  waiting(recipientId: string): Promise<NotificationItemEntity[]> {
    return this.database
      .getRepository(NotificationItemEntity)
      .find({ where: { recipientId, state: 'waiting' }, order: { madeAt: 'ASC', key: 'ASC' } });
  }

  /** Returns when messages were written to a recipient since then, without copies sent by hand. */
  async written(recipientId: string, since: Date): Promise<Date[]> {
    const rows: { at: Date }[] = await this.database.query(
      'SELECT created_at AS at FROM notification WHERE recipient_id = $1 AND created_at >= $2 AND resend_of IS NULL',
      [recipientId, since],
    );
    return rows.map((r) => r.at);
  }

  /** Whether a digest, or a first message, was written to a recipient since then. */
  hadDigest(recipientId: string, since: Date): Promise<boolean> {
    return this.database.getRepository(NotificationEntity).existsBy({
      recipientId,
      kind: In(['first', 'digest']),
      createdAt: MoreThan(since),
      resendOf: IsNull(),
    });
  }

  /** Returns when the last digest, or first message, that was not given up was written; null if none was. */
  async lastDigestAt(recipientId: string): Promise<Date | null> {
    const [row]: { at: Date | null }[] = await this.database.query(
      `SELECT max(created_at) AS at FROM notification WHERE recipient_id = $1 AND kind IN ('first', 'digest') AND state <> 'failed' AND resend_of IS NULL`,
      [recipientId],
    );
    return row!.at;
  }

  /** Whether a digest is queued: another one behind it would cause a flood once sending works again. */
  digestOnItsWay(recipientId: string): Promise<boolean> {
    return this.database.getRepository(NotificationEntity).existsBy({
      recipientId,
      kind: In(['first', 'digest']),
      state: In(['pending', 'sending']),
      resendOf: IsNull(),
    });
  }

  /** Returns which reminders, or which items of another kind, were already sent for these calls. */
  async sent(
    recipientId: string,
    kind: NotificationItemEntity['kind'],
    callIds: string[],
  ): Promise<Set<string>> {
    const rows: { key: string }[] = await this.database.query(
      `SELECT key FROM notification_item WHERE recipient_id = $1 AND kind = $2 AND state = 'written' AND call_id = ANY($3)`,
      [recipientId, kind, callIds],
    );
    return new Set(rows.map((r) => r.key));
  }

  /** Moves urgent items to the digest because the daily limit is reached. */
  async hold(recipientId: string): Promise<void> {
    await this.database.query(
      `UPDATE notification_item SET place = 'digest', held = true WHERE recipient_id = $1 AND state = 'waiting' AND place = 'now'`,
      [recipientId],
    );
  }

  /**
   * Writes a message and settles its items. Returns false, and changes nothing, if another process took the
   * occasion or has announced some of it in the meantime.
   */
  write(message: NotificationEntity, settled: Settled): Promise<boolean> {
    return this.settled(settled, message.id, async (tx) => {
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(NotificationEntity)
        .values(withMark(message))
        .orIgnore()
        .returning('id')
        .execute();
      if (!(made.raw as unknown[]).length) throw new Overtaken();
    });
  }

  /** Settles items without a message: none are to be announced any more, or there were none. */
  pass(settled: Settled): Promise<boolean> {
    return this.settled(settled, null, () => Promise.resolve());
  }

  private async settled(
    settled: Settled,
    notificationId: string | null,
    first: (tx: EntityManager) => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.database.transaction(async (tx) => {
        await first(tx);
        await this.settleItems(tx, settled, notificationId);
        await this.drop(tx, settled);
        for (const { kind, target } of settled.welcomed) await this.welcome(tx, settled, kind, target);
        if (settled.slot)
          await tx.update(RecipientEntity, { id: settled.recipientId }, { lastDigestDueAt: settled.slot });
      });
      return true;
    } catch (error) {
      if (error instanceof Overtaken) return false;
      throw error;
    }
  }

  /** Everything stored by now was a candidate for the first message, so it is never announced as new. */
  private async welcome(
    tx: EntityManager,
    { recipientId, now }: Settled,
    kind: Target['kind'],
    target: string,
  ): Promise<void> {
    const [, welcomed]: [unknown[], number] = await tx.query(
      `UPDATE follow SET welcomed_at = $4, baseline_seq = (SELECT coalesce(max(seq), 0) FROM call) WHERE recipient_id = $1 AND kind = $2 AND target = $3 AND welcomed_at IS NULL RETURNING target`,
      [recipientId, kind, target, now],
    );
    if (!welcomed) throw new Overtaken();
  }

  private async settleItems(
    tx: EntityManager,
    { recipientId, announcedKeys, beside, now }: Settled,
    notificationId: string | null,
  ): Promise<void> {
    // Before the items change hands: a message that was given up must not be sent beside this one.
    if (notificationId !== null)
      await tx.query(
        `UPDATE notification m SET replaced_by = $2 WHERE m.recipient_id = $1 AND m.given_up_at IS NOT NULL AND m.replaced_by IS NULL
            AND EXISTS (SELECT FROM notification_item i WHERE i.recipient_id = $1 AND i.notification_id = coalesce(m.resend_of, m.id) AND i.key = ANY($3))`,
        [recipientId, notificationId, [...announcedKeys, ...beside].map(({ key }) => key)],
      );
    const [, settledCount]: [unknown[], number] = await tx.query(
      `UPDATE notification_item n SET state = 'written', notification_id = $2, version = coalesce(t.version, n.version) FROM jsonb_to_recordset($3) AS t(key text, version int)
        WHERE n.recipient_id = $1 AND n.key = t.key AND n.state = 'waiting' RETURNING n.key`,
      [recipientId, notificationId, JSON.stringify(announcedKeys)],
    );
    if (settledCount !== announcedKeys.length) throw new Overtaken();
    if (beside.length)
      await tx.query(
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, version, place, made_at, state, notification_id)
       SELECT DISTINCT ON (b.key) $1::uuid, b.key, b.kind, b."callId", b.version, 'digest', $2, 'written', $3 FROM jsonb_to_recordset($4) AS b(key text, kind text, "callId" uuid, version int)
       ON CONFLICT (recipient_id, key) DO UPDATE SET state = 'written', why = NULL, version = excluded.version, notification_id = excluded.notification_id WHERE notification_item.state <> 'written'`,
        [recipientId, now, notificationId, JSON.stringify(beside)],
      );
  }

  private async drop(tx: EntityManager, { recipientId, drops }: Settled): Promise<void> {
    if (!drops.length) return;
    await tx.query(
      `UPDATE notification_item n SET state = 'dropped', why = d.why FROM jsonb_to_recordset($2) AS d(key text, why text) WHERE n.recipient_id = $1 AND n.key = d.key AND n.state = 'waiting'`,
      [recipientId, JSON.stringify(drops)],
    );
  }
}
