import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import type { Contact } from '../../profiles/domain/profile.js';
import { FollowEntity, PreferenceDefaultsEntity, RecipientEntity } from './notification.entity.js';
import { sha256 } from '../../kernel/hash.js';
import { lockNamed } from '../../platform/database/locks.js';
import { SEALED, SecretBox } from '../../platform/secrets/secret-box.js';
import { openRecipient, type Recipient, sealedRecipient } from './recipient-secrets.js';
import { MessagesOfPerson } from '../../access/store/messages-of-person.js';
import { takeMessagesBack } from '../../outbox/store/sending.js';
import { newToken } from '../../platform/access/secret.js';

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
    await this.database.transaction(async (tx) => {
      const [former]: [{ id: string }[], number] = await tx.query(
        `DELETE FROM follow f USING recipient r WHERE r.id = f.recipient_id AND f.kind = 'profile' AND f.target = $1 AND f.origin = 'contact' AND f.left_at IS NULL AND NOT (r.address = ANY($2)) RETURNING r.id`,
        [profileId, addresses],
      );
      await takeMessagesBack(
        tx,
        former.map(({ id }) => id),
        'the institute names the recipient as its contact no more',
      );
    });
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

/** Whether recipient `r` still follows anything. */
export const FOLLOWS = 'EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = r.id AND f.left_at IS NULL)';

export type { Recipient };
export type NewRecipient = Pick<
  RecipientEntity,
  | 'id'
  | 'channel'
  | 'owner'
  | 'address'
  | 'name'
  | 'language'
  | 'profileId'
  | 'token'
  | 'linkKey'
  | 'since'
  | 'lastDigestDueAt'
> &
  Partial<Pick<RecipientEntity, 'secrets' | 'preferences'>>;

type StoppedRecipient = Pick<RecipientEntity, 'channel' | 'address' | 'profileId' | 'stoppedWhy'> & {
  stoppedAt: Date;
};
export type WaitingRecipient = Pick<
  RecipientEntity,
  'id' | 'channel' | 'profileId' | 'preferences' | 'lastDigestDueAt' | 'pausedUntil'
> & { urgent: boolean };

/** What identifies a recipient: a web address by its hash. */
const known = ({ channel, owner, address }: Pick<RecipientEntity, 'channel' | 'owner' | 'address'>) => ({
  channel,
  owner,
  ...(owner === '' ? { address } : { addressHash: sha256(address) }),
});

/** The addresses of recipients. Secrets are stored sealed; this class takes and returns them decrypted. */
@Injectable()
export class RecipientRepository {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  private get table() {
    return this.database.getRepository(RecipientEntity);
  }

  async findById(id: string): Promise<Recipient | null> {
    return this.open(await this.table.findOneBy({ id }));
  }

  /**
   * Finds the owner of an unsubscribe link, even one from before a key was lost. Sealed tokens are no links.
   */
  async byToken(token: string): Promise<Recipient | null> {
    const found = await this.table
      .createQueryBuilder('r')
      .where('r.token_hash = :hash OR :hash = ANY(r.token_hashes_before)', { hash: sha256(token) })
      .orWhere('r.token = :token AND NOT starts_with(:token, :sealed)', { token, sealed: SEALED })
      .getOne();
    return this.open(found);
  }

  async byAddress(where: Pick<RecipientEntity, 'channel' | 'owner' | 'address'>): Promise<Recipient | null> {
    return this.open(await this.table.findOneBy(known(where)));
  }

  private open(row: RecipientEntity | null): Recipient | null {
    return row && openRecipient(this.box, row);
  }

  /** Returns the recipients of an institute, including stopped ones. */
  async ofProfile(profileId: string): Promise<Recipient[]> {
    const rows = await this.table.find({ where: { profileId }, order: { channel: 'ASC', address: 'ASC' } });
    return rows.map((row) => openRecipient(this.box, row));
  }

  /** Returns the shared addresses of an institute or a group. */
  async ofOwner(owner: string): Promise<Recipient[]> {
    const rows = await this.table.find({ where: { owner }, order: { since: 'ASC', id: 'ASC' } });
    return rows.map((row) => openRecipient(this.box, row));
  }

  /** Removes an address with its subscriptions and waiting items; what was sent there stays in the outbox. */
  async remove(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM follow WHERE recipient_id = $1', [id]);
      await tx.query('DELETE FROM notification_item WHERE recipient_id = $1', [id]);
      await tx.query('DELETE FROM recipient WHERE id = $1', [id]);
    });
  }

  /** Adds an address of an institute or a group, unless its owner has that one, or already `most`. */
  async add(recipient: NewRecipient, most: number): Promise<Recipient | 'known' | 'full'> {
    return this.database.transaction(async (tx) => {
      await lockNamed(tx, `channel ${recipient.owner}`);
      if (await tx.existsBy(RecipientEntity, known(recipient))) return 'known';
      if ((await tx.countBy(RecipientEntity, { owner: recipient.owner })) >= most) return 'full';
      return this.ensure(recipient, tx);
    });
  }

  /** Adds an address, or returns the existing one. It does not hear of earlier events. */
  async ensure(recipient: NewRecipient, tx: EntityManager = this.database.manager): Promise<Recipient> {
    const sealed = { ...recipient, ...sealedRecipient(this.box, recipient, recipient) };
    const [last]: [{ seq: string }] = await tx.query('SELECT coalesce(max(seq), 0)::text AS seq FROM event');
    await tx
      .createQueryBuilder()
      .insert()
      .into(RecipientEntity)
      .values({ ...sealed, plannedSeq: last.seq })
      .orIgnore()
      .execute();
    return openRecipient(this.box, await tx.findOneByOrFail(RecipientEntity, known(recipient)));
  }

  async rename(id: string, { name, language }: Pick<RecipientEntity, 'name' | 'language'>): Promise<void> {
    await this.table.update({ id }, { name, language });
  }

  /** Returns recipients with events that have not been planned yet. */
  async behind(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT r.id FROM recipient r WHERE r.stopped_at IS NULL AND ${FOLLOWS} AND r.planned_seq < (SELECT coalesce(max(seq), 0) FROM event) ORDER BY r.id`,
    );
    return rows.map((r) => r.id);
  }

  /** Returns all active recipients, and whether an urgent item waits for them. */
  told(): Promise<WaitingRecipient[]> {
    return this.database.query(
      `SELECT r.id, r.channel, r.profile_id AS "profileId", r.preferences, r.last_slot_at AS "lastDigestDueAt", r.paused_until AS "pausedUntil",
              EXISTS (SELECT 1 FROM notification_item n WHERE n.recipient_id = r.id AND n.state = 'waiting' AND n.place = 'now') AS urgent
         FROM recipient r WHERE r.stopped_at IS NULL AND ${FOLLOWS} ORDER BY r.id`,
    );
  }

  async change(
    id: string,
    what: Partial<
      Pick<
        RecipientEntity,
        | 'preferences'
        | 'pausedUntil'
        | 'lastDigestDueAt'
        | 'name'
        | 'language'
        | 'secrets'
        | 'address'
        | 'profileId'
      >
    >,
  ): Promise<void> {
    const { address, secrets, ...open } = what;
    await this.database.transaction(async (tx) => {
      const { owner } = await tx.findOneByOrFail(RecipientEntity, { id });
      await tx.update(
        RecipientEntity,
        { id },
        {
          ...open,
          ...sealedRecipient(
            this.box,
            { id, owner },
            { ...(address !== undefined && { address }), ...(secrets && { secrets }) },
          ),
        },
      );
    });
  }

  async stop(id: string, why: string, now: Date): Promise<void> {
    await this.table.update({ id, stoppedAt: IsNull() }, { stoppedAt: now, stoppedWhy: why });
  }

  /** Resumes messages from now on, without what happened in the meantime. */
  async resume(id: string): Promise<void> {
    await this.database.query(
      `UPDATE recipient SET stopped_at = NULL, stopped_why = NULL, planned_seq = (SELECT coalesce(max(seq), 0) FROM event) WHERE id = $1 AND stopped_at IS NOT NULL`,
      [id],
    );
  }

  /**
   * Returns stopped recipients, once for each institute that they follow; of this institute, or (null) of all
   * and the network.
   */
  async stopped(profileId: string | null): Promise<StoppedRecipient[]> {
    const rows: (StoppedRecipient &
      Pick<RecipientEntity, 'id' | 'owner' | 'token' | 'linkKey' | 'secrets'>)[] = await this.database.query(
      `SELECT DISTINCT r.id, r.owner, r.token, r.link_key AS "linkKey", '{}'::text[] AS secrets, r.channel, r.address, r.stopped_at AS "stoppedAt", r.stopped_why AS "stoppedWhy", CASE f.kind WHEN 'profile' THEN f.target ELSE r.profile_id END AS "profileId"
         FROM recipient r JOIN follow f ON f.recipient_id = r.id AND f.left_at IS NULL
        WHERE r.stopped_at IS NOT NULL AND ($1::text IS NULL OR (f.kind = 'profile' AND f.target = $1) OR (f.kind <> 'profile' AND r.profile_id = $1)) ORDER BY "profileId", r.address`,
      [profileId],
    );
    return rows.map(({ channel, profileId: institute, stoppedAt, stoppedWhy, ...row }) => ({
      channel,
      address: openRecipient(this.box, row as RecipientEntity).address,
      profileId: institute,
      stoppedAt,
      stoppedWhy,
    }));
  }

  /** Returns institutes' defaults for their people, by institute. */
  async defaults(profileIds: string[]): Promise<Map<string, PreferenceDefaultsEntity>> {
    const rows = await this.database
      .getRepository(PreferenceDefaultsEntity)
      .findBy({ profileId: In(profileIds) });
    return new Map(rows.map((r) => [r.profileId, r]));
  }

  async setDefaults(defaults: PreferenceDefaultsEntity): Promise<void> {
    await this.database.getRepository(PreferenceDefaultsEntity).upsert(defaults, ['profileId']);
  }
}

/** Ends the messages to a person who leaves. */
@Injectable()
export class MessagesOfLeaver extends MessagesOfPerson {
  constructor(
    private readonly box: SecretBox,
    private readonly recipients: RecipientRepository,
  ) {
    super();
  }

  /**
   * Ends their subscriptions and the links of their messages. They stay as a contact if the profile names
   * them; otherwise nothing waits for them. The subscription to their institute is deleted, so that it starts
   * again if they return.
   */
  async leave(tx: EntityManager, personId: string, now: Date): Promise<number> {
    const rows: { id: string }[] = await tx.query(
      `SELECT r.id FROM recipient r JOIN person p ON r.address = p.email WHERE p.id = $1 AND r.channel = 'email' AND r.owner = ''`,
      [personId],
    );
    const ids = rows.map((r) => r.id);
    await tx.query(
      `UPDATE follow f SET origin = 'contact' FROM recipient r JOIN contact c ON c.address = r.address AND c.confirmed_at IS NOT NULL
        WHERE r.id = f.recipient_id AND f.recipient_id = ANY($1) AND f.kind = 'profile' AND f.target = c.profile_id AND f.origin = 'institute'`,
      [ids],
    );
    const [, follows]: [unknown[], number] = await tx.query(
      `UPDATE follow SET left_at = $2 WHERE recipient_id = ANY($1) AND origin <> 'contact' AND left_at IS NULL`,
      [ids, now],
    );
    await tx.query(
      `DELETE FROM follow f USING person p WHERE f.recipient_id = ANY($1) AND f.origin <> 'contact' AND f.kind = 'profile' AND f.target = p.profile_id AND p.id = $2`,
      [ids, personId],
    );
    for (const id of ids)
      await tx.update(
        RecipientEntity,
        { id },
        sealedRecipient(this.box, { id, owner: '' }, { linkKey: newToken() }),
      );
    await tx.query(
      `UPDATE notification_item n SET state = 'dropped', why = 'who was to be told has left' WHERE n.recipient_id = ANY($1) AND n.state = 'waiting'
          AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = n.recipient_id AND f.left_at IS NULL)`,
      [ids],
    );
    await takeMessagesBack(tx, ids, 'who was to be told has left');
    return follows;
  }

  async channelsOf(profileId: string): Promise<string[]> {
    const channels = await this.recipients.ofOwner(`profile/${profileId}`);
    return channels.flatMap(({ name, stoppedAt }) => (stoppedAt === null && name !== null ? [name] : []));
  }
}
