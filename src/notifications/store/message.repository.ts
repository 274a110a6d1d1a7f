import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { NotificationEntity, NotificationItemEntity, RecipientEntity } from './notification.entity.js';
import { withMark } from './recipient-secrets.js';
import type { Target } from './follow.repository.js';

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
