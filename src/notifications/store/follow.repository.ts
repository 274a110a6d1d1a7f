import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import type { Contact } from '../../profiles/domain/profile.js';
import { FollowEntity } from './notification.entity.js';

export type Target = Pick<FollowEntity, 'kind' | 'target'>;
type NewFollow = Target & Pick<FollowEntity, 'recipientId' | 'origin' | 'since'>;

/** Who follows a profile by e-mail, or did. */
const FOLLOWERS = `SELECT f.target AS profile_id, r.address FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.channel = 'email' AND r.owner = '' WHERE f.kind = 'profile'`;
/** Contacts of profiles who agreed to get e-mails. */
const CONTACTS = 'SELECT profile_id, address FROM contact WHERE confirmed_at IS NOT NULL';
/** People of institutes who have signed in: before that, nobody knows that the address is theirs. */
const PEOPLE =
  'SELECT profile_id, email AS address FROM person WHERE profile_id IS NOT NULL AND removed_at IS NULL AND last_seen_at IS NOT NULL';

/**
 * Rows of `follow` to show: own choices, active ones, and those of institutes that still name them as a
 * contact. The others are only remembered.
 */
const OFFERED = `(follow.origin <> 'contact' OR follow.left_at IS NULL
  OR EXISTS (SELECT 1 FROM (${CONTACTS}) c JOIN recipient r ON r.address = c.address WHERE r.id = follow.recipient_id AND c.profile_id = follow.target))`;

/** Who follows what. */
@Injectable()
export class FollowRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(FollowEntity);
  }

  findByRecipient(recipientId: string): Promise<FollowEntity[]> {
    return this.table.find({
      where: { recipientId, leftAt: IsNull() },
      order: { since: 'ASC', kind: 'ASC', target: 'ASC' },
    });
  }

  /** Returns their subscriptions, including ended ones that can be restored. */
  withLeft(recipientId: string): Promise<FollowEntity[]> {
    return this.table
      .createQueryBuilder('follow')
      .where('follow.recipientId = :recipientId', { recipientId })
      .andWhere(OFFERED)
      .orderBy({ 'follow.since': 'ASC', 'follow.kind': 'ASC', 'follow.target': 'ASC' })
      .getMany();
  }

  /** Whether the institute names them as its contact and they have not opted out. */
  async isContactOf(recipientId: string, profileId: string | null): Promise<boolean> {
    return (
      profileId !== null &&
      (await this.table.existsBy({
        recipientId,
        kind: 'profile',
        target: profileId,
        origin: 'contact',
        leftAt: IsNull(),
      }))
    );
  }

  async followers({ kind, target }: Target): Promise<string[]> {
    return (await this.table.findBy({ kind, target, leftAt: IsNull() })).map((f) => f.recipientId);
  }

  /**
   * Starts a subscription with everything stored so far as its baseline. An existing one continues, as
   * `contact` if they become one; an ended one restarts only if they ask for it themselves.
   */
  async begin(follow: NewFollow, tx: EntityManager = this.database.manager): Promise<void> {
    // Profiles and groups start with a first message of the best calls; calls and searches do not.
    const welcomed = follow.kind === 'call' || follow.kind === 'search' ? follow.since : null;
    await this.forget(tx, follow.recipientId, follow.since);
    await tx.query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq, welcomed_at) VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(seq), 0) FROM call), $6)
       ON CONFLICT (recipient_id, kind, target) DO UPDATE SET left_at = NULL, origin = excluded.origin, since = excluded.since, baseline_seq = excluded.baseline_seq, welcomed_at = excluded.welcomed_at
         WHERE follow.left_at IS NOT NULL AND excluded.origin = 'own'`,
      [follow.recipientId, follow.kind, follow.target, follow.origin, follow.since, welcomed],
    );
    if (follow.origin === 'contact')
      await tx.update(
        FollowEntity,
        { recipientId: follow.recipientId, kind: follow.kind, target: follow.target, origin: 'institute' },
        { origin: 'contact' },
      );
  }

  /** Skips the events that nobody evaluated while they followed nothing. */
  private async forget(tx: EntityManager, recipientId: string, now: Date): Promise<void> {
    await tx.query(
      `UPDATE recipient r SET planned_seq = (SELECT coalesce(max(seq), 0) FROM event), last_slot_at = greatest(last_slot_at, $2) WHERE id = $1
          AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = r.id AND f.left_at IS NULL)`,
      [recipientId, now],
    );
  }

  /** Ends a subscription; an ended default does not come back by itself. Returns whether there was one. */
  async leave(recipientId: string, { kind, target }: Target, now: Date): Promise<boolean> {
    return (
      ((await this.table.update({ recipientId, kind, target, leftAt: IsNull() }, { leftAt: now })).affected ??
        0) > 0
    );
  }

  /** Restores an ended default with its original origin. Returns whether there was one. */
  async rejoin(recipientId: string, { kind, target }: Target, now: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await this.forget(tx, recipientId, now);
      const [, joined]: [unknown[], number] = await tx.query(
        `UPDATE follow SET left_at = NULL, baseline_seq = (SELECT coalesce(max(seq), 0) FROM call)
          WHERE recipient_id = $1 AND kind = $2 AND target = $3 AND left_at IS NOT NULL AND origin <> 'own' AND ${OFFERED}`,
        [recipientId, kind, target],
      );
      return joined > 0;
    });
  }

  /** Returns profiles whose people and contacts differ from their followers. */
  async outOfStep(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `WITH contact AS (${CONTACTS}), member AS (${PEOPLE}), follower AS (${FOLLOWERS})
       SELECT DISTINCT profile_id AS id FROM (
         ((SELECT * FROM contact UNION SELECT * FROM member) EXCEPT SELECT * FROM follower)
         UNION (SELECT f.target, r.address FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE f.kind = 'profile' AND f.origin = 'contact' AND f.left_at IS NULL EXCEPT SELECT * FROM contact)) odd ORDER BY id`,
    );
    return rows.map((r) => r.id);
  }

  /**
   * Ends the subscriptions of former contacts, unless they are the institute's people. If they had opted out,
   * that is remembered, so that being named again does not bring them back.
   */
  async dropFormerContacts(profileId: string, contacts: Contact[]): Promise<void> {
    const addresses = contacts.map((c) => c.email.toLowerCase());
    await this.database.query(
      `UPDATE follow f SET origin = 'institute' FROM recipient r WHERE r.id = f.recipient_id AND f.kind = 'profile' AND f.target = $1 AND f.origin = 'contact' AND NOT (r.address = ANY($2))
          AND (f.target, r.address) IN (${PEOPLE})`,
      [profileId, addresses],
    );
    await this.database.query(
      `DELETE FROM follow f USING recipient r WHERE r.id = f.recipient_id AND f.kind = 'profile' AND f.target = $1 AND f.origin = 'contact' AND f.left_at IS NULL AND NOT (r.address = ANY($2))`,
      [profileId, addresses],
    );
  }

  /**
   * Returns those institutes that reach somebody: a contact, one of its people or a channel; or will within
   * seconds, since a job subscribes who has just agreed or signed in. A coordinator who follows one does not
   * count.
   */
  async heard(profileIds: string[] | null): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT f.target AS id FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.stopped_at IS NULL
        WHERE f.kind = 'profile' AND f.left_at IS NULL AND (f.origin <> 'own' OR r.profile_id = f.target) AND ($1::text[] IS NULL OR f.target = ANY($1))
       UNION SELECT profile_id FROM (SELECT * FROM (${CONTACTS} UNION ${PEOPLE}) named EXCEPT ${FOLLOWERS}) joining WHERE $1::text[] IS NULL OR profile_id = ANY($1)`,
      [profileIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** Returns recipients who wait for their first message. */
  async unwelcomed(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT f.recipient_id AS id FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.stopped_at IS NULL WHERE f.welcomed_at IS NULL AND f.left_at IS NULL ORDER BY id`,
    );
    return rows.map((r) => r.id);
  }
}
