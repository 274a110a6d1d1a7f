import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import type { Contact } from '../../profiles/domain/index.js';
import { FollowEntity } from './follow.entity.js';

export type Target = Pick<FollowEntity, 'kind' | 'target'>;
type NewFollow = Target & Pick<FollowEntity, 'recipientId' | 'origin' | 'since'>;

/** The contacts of profiles who agreed to be written to. */
const CONTACTS = 'SELECT profile_id, address FROM contact WHERE confirmed_at IS NOT NULL';
/** The people of institutes, once they have signed in: until then nobody knows that the address is theirs. */
const PEOPLE =
  'SELECT profile_id, email AS address FROM person WHERE profile_id IS NOT NULL AND removed_at IS NULL AND last_seen_at IS NOT NULL';

/**
 * Of `follow`: what one chose, what one has not left, and the institutes that name one as their contact
 * still. The others are but remembered.
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

  /** What somebody follows. */
  of(recipientId: string): Promise<FollowEntity[]> {
    return this.table.find({
      where: { recipientId, leftAt: IsNull() },
      order: { since: 'ASC', kind: 'ASC', target: 'ASC' },
    });
  }

  /** All that they follow, or left and may have again. */
  withLeft(recipientId: string): Promise<FollowEntity[]> {
    return this.table
      .createQueryBuilder('follow')
      .where('follow.recipientId = :recipientId', { recipientId })
      .andWhere(OFFERED)
      .orderBy({ 'follow.since': 'ASC', 'follow.kind': 'ASC', 'follow.target': 'ASC' })
      .getMany();
  }

  /** Whether the institute names them as its contact, and they have not left it. */
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

  /** Who follows something. */
  async followers({ kind, target }: Target): Promise<string[]> {
    return (await this.table.findBy({ kind, target, leftAt: IsNull() })).map((f) => f.recipientId);
  }

  /**
   * Begins to follow. What is stored by now is the baseline. Whoever follows already goes on as they do, from
   * now on as the contact where they become that; who had left begins anew where they ask for it themselves.
   */
  async begin(follow: NewFollow, tx: EntityManager = this.database.manager): Promise<void> {
    // What is welcomed is told the best there is first; a call or a search is just followed from now on.
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

  /** Nobody looked at what happened for one who followed nothing: it is not told to them afterwards. */
  private async forget(tx: EntityManager, recipientId: string, now: Date): Promise<void> {
    await tx.query(
      `UPDATE recipient r SET planned_seq = (SELECT coalesce(max(seq), 0) FROM event), last_slot_at = greatest(last_slot_at, $2) WHERE id = $1
          AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = r.id AND f.left_at IS NULL)`,
      [recipientId, now],
    );
  }

  /**
   * They do not want it; a default that they left does not come back by itself. Whether there was one to
   * leave.
   */
  async leave(recipientId: string, { kind, target }: Target, now: Date): Promise<boolean> {
    return (
      ((await this.table.update({ recipientId, kind, target, leftAt: IsNull() }, { leftAt: now })).affected ??
        0) > 0
    );
  }

  /** They want a default again that they had left; as what it came it stays. Whether there was one. */
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

  /** Profiles whose people and contacts are not those who follow them as such. */
  async outOfStep(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `WITH contact AS (${CONTACTS}), member AS (${PEOPLE}), follower AS (
         SELECT f.target AS profile_id, r.address FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.channel = 'email' AND r.owner = '' WHERE f.kind = 'profile')
       SELECT DISTINCT profile_id AS id FROM (
         ((SELECT * FROM contact UNION SELECT * FROM member) EXCEPT SELECT * FROM follower)
         UNION (SELECT f.target, r.address FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE f.kind = 'profile' AND f.origin = 'contact' AND f.left_at IS NULL EXCEPT SELECT * FROM contact)) odd ORDER BY id`,
    );
    return rows.map((r) => r.id);
  }

  /**
   * Those who follow a profile as its contacts and are none any more follow it no longer, unless they are its
   * people. Who had left is remembered, so that being named again does not bring them back.
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
   * Those of these institutes of whom somebody is told: a contact, one of its people, a channel. A
   * coordinator who follows one is nobody of it.
   */
  async heard(profileIds: string[] | null): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT f.target AS id FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.stopped_at IS NULL
        WHERE f.kind = 'profile' AND f.left_at IS NULL AND (f.origin <> 'own' OR r.profile_id = f.target) AND ($1::text[] IS NULL OR f.target = ANY($1))`,
      [profileIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** Those who wait for their first message. */
  async unwelcomed(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT f.recipient_id AS id FROM follow f JOIN recipient r ON r.id = f.recipient_id AND r.stopped_at IS NULL WHERE f.welcomed_at IS NULL AND f.left_at IS NULL ORDER BY id`,
    );
    return rows.map((r) => r.id);
  }
}
