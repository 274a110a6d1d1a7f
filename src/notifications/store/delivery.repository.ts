import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';
import { DAY_MS } from '../../kernel/durations.js';
import {
  giveItemsBack,
  NOTE_GIVEN_UP,
  takeItemsBack,
  UNSENT,
  UNSENT_MAIL,
  type Claim,
  claimMail,
  deadBefore,
  endTry,
  noteAccepted,
  WAITS,
} from '../../outbox/store/sending.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { type DeliveryFacts, SEVERAL_TRIES } from '../domain/delivery/delivery-health.js';
import { FOLLOWS } from './recipient.repository.js';
import type { Author } from '../../kernel/actor.js';
import { NotificationEntity, type Try, RecipientEntity } from './notification.entity.js';
import { sha256 } from '../../kernel/hash.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { openRecipient, type Recipient, withLinks } from './recipient-secrets.js';

/** What was given up lately, by channel; transactional e-mails are e-mails too. */
const GIVEN_UP = `SELECT channel, error, claimed_at FROM notification m WHERE ${UNSENT}
  UNION ALL SELECT 'email', error, claimed_at FROM transactional_mail m WHERE ${UNSENT_MAIL}`;

/** Messages that wait, and those accepted within a month ($2). E-mails about alarms say nothing new. */
const LATELY = `state IN ('pending', 'sending') OR (state = 'sent' AND sent_at > $2)`;
const MONTH_DAYS = 30;

/** How the messages of each channel fare. */
@Injectable()
export class DeliveryHealthRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the facts about each of these channels, as of now. */
  async facts(channels: string[], now: Date): Promise<DeliveryFacts[]> {
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const rows: DeliveryFacts[] = await this.database.query(
      `WITH mail AS (
         SELECT channel, state, attempts, error, created_at, claimed_at, sent_at, recipient_id::text AS reader FROM notification WHERE ${LATELY}
         UNION ALL
         SELECT 'email', state, attempts, error, created_at, claimed_at, sent_at, to_address FROM transactional_mail WHERE kind <> 'alarm' AND (${LATELY})),
       accepted AS (SELECT channel, max(sent_at) AS last, count(*) FILTER (WHERE sent_at > $1) AS n FROM mail WHERE state = 'sent' GROUP BY channel),
       refused AS (SELECT mail.*, created_at > coalesce(a.last, '-infinity') AS since FROM mail LEFT JOIN accepted a USING (channel) WHERE state <> 'sent' AND error IS NOT NULL),
       given_up AS (${GIVEN_UP})
       SELECT c AS channel, coalesce(a.n, 0)::int AS accepted, a.last AS "lastAcceptedAt",
              (SELECT count(DISTINCT reader)::int FROM refused r WHERE r.channel = c AND since) AS "refusedReaders",
              (SELECT coalesce(max(attempts), 0) FROM refused r WHERE r.channel = c AND since) AS "refusedTries",
              (SELECT min(created_at) FROM refused r WHERE r.channel = c AND since) AS "refusedSince",
              (SELECT count(*)::int FROM refused r WHERE r.channel = c AND attempts >= ${SEVERAL_TRIES}) AS struggling,
              (SELECT count(*)::int FROM given_up g WHERE g.channel = c) AS "givenUp",
              (SELECT count(*)::int FROM recipient r WHERE r.channel = c AND r.stopped_at > $1 AND r.stopped_why <> '${UNSUBSCRIBED}' AND ${FOLLOWS}) AS stopped,
              (SELECT error FROM (SELECT channel, error, claimed_at FROM refused UNION ALL SELECT * FROM given_up) e WHERE e.channel = c ORDER BY claimed_at DESC LIMIT 1) AS answer
         FROM unnest($3::text[]) WITH ORDINALITY AS all_channels (c, place) LEFT JOIN accepted a ON a.channel = c ORDER BY place`,
      [daysAgo(1), daysAgo(MONTH_DAYS), channels],
    );
    return rows;
  }
}

/** A claimed message and its recipient, null if they are gone. `follows`: whether they follow anything. */
export interface Claimed {
  message: NotificationEntity;
  recipient: (Recipient & { follows: boolean }) | null;
}

const TRIES_KEPT = 20;

/** Appends a try: the parameter `n`, as a list of one. */
const oneMoreTry = (n: number): string => `tries = (SELECT jsonb_agg(t ORDER BY n) FROM
  (SELECT t, n FROM jsonb_array_elements(tries || $${n}::jsonb) WITH ORDINALITY AS e(t, n) ORDER BY n DESC LIMIT ${TRIES_KEPT}) AS last)`;

const listOf = (one: Try): string => JSON.stringify([one]);

/** Delivery from the outbox: who sends a message now, what the other side answered, when to retry. */
@Injectable()
export class DeliveryRepository {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  /**
   * Claims a waiting message that is due by the database's clock. If its sender was killed, it is free again
   * after `staleMs`. Null: not to be sent now.
   */
  async claim(id: string, staleMs: number, now: Date): Promise<Claimed | null> {
    const attempts = await claimMail(this.database, 'notification', id, staleMs);
    if (attempts === null) return null;
    const message = await this.database.getRepository(NotificationEntity).findOneByOrFail({ id });
    const row = await this.database.getRepository(RecipientEntity).findOneBy({ id: message.recipientId });
    const recipient = row && openRecipient(this.box, row);
    const follows: unknown[] = await this.database.query(
      'SELECT 1 FROM follow WHERE recipient_id = $1 AND left_at IS NULL LIMIT 1',
      [message.recipientId],
    );
    // The number of this claim, not of a later one.
    return {
      message: { ...(recipient ? withLinks(message, recipient, now) : message), attempts },
      recipient: recipient && { ...recipient, follows: follows.length > 0 },
    };
  }

  /** Records that the other side has accepted the message, even if it was given up in the meantime. */
  async accepted(claim: Pick<Claim, 'id'>, where: string, now: Date): Promise<void> {
    const tried = listOf({ at: now.toISOString(), ok: true, answer: where });
    await this.database.transaction(async (tx) => {
      await noteAccepted(tx, 'notification', claim, { where, now }, [
        `, given_up_at = NULL, ${oneMoreTry(4)}`,
        tried,
      ]);
      await takeItemsBack(tx, [claim.id]);
    });
  }

  /**
   * Records a failed try: retries after `waitMs`, or gives up if it is null. Changes nothing if another
   * process has claimed the message since.
   */
  async refused(claim: Claim, answer: string, waitMs: number | null, now: Date): Promise<void> {
    await this.database.transaction((tx) => this.end(tx, claim, answer, waitMs, now));
  }

  /** Gives up the message and stops the address, which accepts nothing any more; both or neither. */
  async gone(
    claim: Claim,
    recipient: Pick<RecipientEntity, 'id' | 'address'>,
    answer: string,
    now: Date,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await this.end(tx, claim, answer, null, now)) await this.stop(tx, recipient, answer, now);
    });
  }

  /** Drops a message that nobody wants any more, and records why; whoever starts again gets its items. */
  async drop(claim: Claim, why: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await endTry(tx, 'notification', claim, { error: why, waitMs: null }))
        await giveItemsBack(tx, claim.id);
    });
  }

  /**
   * Returns due messages of these channels, and those whose sender was killed, up to a limit per channel and
   * per recipient. Recipients take turns, so that one with many messages delays nobody.
   */
  async waiting(
    channels: string[],
    staleMs: number,
    most: { ofChannel: number; ofRecipient: number },
  ): Promise<{ channel: string; id: string }[]> {
    return this.database.query(
      `SELECT channel, id FROM (
         SELECT channel, id, turn, since, row_number() OVER (PARTITION BY channel ORDER BY turn, since, id) AS place FROM (
           SELECT channel, id, coalesce(next_try_at, created_at) AS since, row_number() OVER (PARTITION BY recipient_id ORDER BY coalesce(next_try_at, created_at), id) AS turn
             FROM notification WHERE channel = ANY($2) AND ${WAITS}) due
          WHERE turn <= $4) placed
        WHERE place <= $3 ORDER BY place, channel`,
      [await deadBefore(this.database, staleMs), channels, most.ofChannel, most.ofRecipient],
    );
  }

  /**
   * Creates a copy of a message to be sent again by hand: the same content with its own id, so that no
   * receiver takes it for a duplicate. Null if the message does not exist or has not been sent yet.
   */
  async resend(id: string, by: Author, now: Date): Promise<NotificationEntity | null> {
    return this.database.transaction(async (tx) => {
      const asked = await tx.findOneBy(NotificationEntity, { id });
      if (!asked || ['pending', 'sending'].includes(asked.state)) return null;
      // A copy of a copy is made from the original, locked so that concurrent requests create two copies.
      const first = await tx.findOne(NotificationEntity, {
        where: { id: asked.resendOf ?? id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!first) return null;
      const copies = await tx.countBy(NotificationEntity, { resendOf: first.id });
      const own = {
        id: randomUUID(),
        key: `${first.key}/again/${copies + 1}`,
        resendOf: first.id,
        resentBy: by.name,
        resentById: by.personId,
        createdAt: now,
      };
      const fresh = {
        state: 'pending' as const,
        attempts: 0,
        tries: [],
        error: null,
        claimedAt: null,
        nextTryAt: null,
        givenUpAt: null,
        replacedBy: null,
        sentAt: null,
        sentWhere: null,
      };
      const copy: NotificationEntity = {
        ...first,
        ...own,
        ...fresh,
        messageId: first.messageId.replace(/^[^@]*/, own.id),
      };
      await tx.insert(NotificationEntity, copy);
      await tx.query(
        'UPDATE notification SET replaced_by = $2 WHERE coalesce(resend_of, id) = $1 AND given_up_at IS NOT NULL AND replaced_by IS NULL',
        [first.id, copy.id],
      );
      await takeItemsBack(tx, [first.id]);
      return copy;
    });
  }

  /** Returns an accepted e-mail of ours that bounced, by its Message-ID; null if it is not ours. */
  returned(messageId: string): Promise<NotificationEntity | null> {
    return this.database.getRepository(NotificationEntity).findOneBy({ messageId, channel: 'email' });
  }

  /**
   * Records what a mail server reported after accepting an e-mail. `final`: it did not arrive; `gone`: the
   * address does not exist. The same report is recorded once.
   */
  async bounced(
    mail: NotificationEntity,
    answer: string,
    { final, gone }: { final: boolean; gone: boolean },
    now: Date,
  ): Promise<void> {
    if (mail.tries.some((t) => !t.ok && t.answer === answer)) return;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE notification SET ${oneMoreTry(1)} ${final ? `, state = 'failed', given_up_at = clock_timestamp(), error = $3, next_try_at = NULL` : ''} WHERE id = $2`,
        [listOf({ at: now.toISOString(), ok: false, answer }), mail.id, ...(final ? [answer] : [])],
      );
      if (final) await giveItemsBack(tx, mail.id);
      if (gone) await this.stop(tx, { id: mail.recipientId, address: mail.address }, answer, now);
    });
  }

  private async end(
    tx: EntityManager,
    claim: Claim,
    answer: string,
    waitMs: number | null,
    now: Date,
  ): Promise<boolean> {
    const tried = listOf({ at: now.toISOString(), ok: false, answer });
    const ended = await endTry(tx, 'notification', claim, { error: answer, waitMs }, [
      `${NOTE_GIVEN_UP}, ${oneMoreTry(5)}`,
      tried,
    ]);
    if (ended && waitMs === null) await giveItemsBack(tx, claim.id);
    return ended;
  }

  /** Stops only that address: if the recipient has a new one since, messages go there. */
  private async stop(
    tx: EntityManager,
    { id, address }: Pick<RecipientEntity, 'id' | 'address'>,
    why: string,
    now: Date,
  ): Promise<void> {
    await tx.query(
      'UPDATE recipient SET stopped_at = $3, stopped_why = $4 WHERE id = $1 AND (address = $2 OR address_hash = $5) AND stopped_at IS NULL',
      [id, address, now, why, sha256(address)],
    );
  }
}
