import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  ForeignKey,
  In,
  Index,
  IsNull,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { Contact, Profile } from '../domain/profile.js';
import { ProfileEntity } from './profile.entity.js';
import { type Author, rolesWith } from '../../kernel/actor.js';
import { canonicalJson } from '../../kernel/hash.js';
import { countsAsConfirmed, type Editor, type Staffing, waitsForOfficer } from '../domain/contacts/word.js';

/** Contacts that someone from outside requests for an institute, waiting for one of its officers. */
@Entity('contact_change')
@Index('contact_change_asked_by', ['askedById'])
class ContactChangeEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'contact_change_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') contacts: Contact[];
  /** Null if it was the institute's file. */
  @Column('text', { name: 'asked_by', nullable: true }) askedBy: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'contact_change_asked_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'asked_by_id', nullable: true })
  askedById: string | null;
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  /** When its officers were e-mailed about it. */
  @Column('timestamptz', { name: 'notified_at', nullable: true }) notifiedAt: Date | null;
}

/**
 * The state of an address that a profile names: whether its reader agreed, and whether someone inside let it
 * read internal content.
 */
@Entity('contact')
@Index('contact_admitted_by', ['admittedById'])
@Index('contact_address', ['address'])
@Index('contact_token', ['tokenHash'], { unique: true })
export class ContactEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'contact_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  /** In lower case. */
  @PrimaryColumn('text') address: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** When its reader agreed. Before that, only the confirmation request is sent there. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt: Date | null;
  /** When the confirmation request was last sent; null if it has yet to be. */
  @Column('timestamptz', { name: 'asked_at', nullable: true }) askedAt: Date | null;
  /** The hash of the link in that e-mail. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  /** When, and by whom, it was approved from inside. */
  @Column('timestamptz', { name: 'admitted_at', nullable: true }) admittedAt: Date | null;
  @Column('text', { name: 'admitted_by', nullable: true }) admittedBy: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'contact_admitted_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'admitted_by_id', nullable: true })
  admittedById: string | null;
}

/** The contacts of one profile, and the change waiting for its officers. */
export interface ContactsOf {
  states: ContactEntity[];
  change: ContactChangeEntity | null;
}

const NONE: ContactsOf = { states: [], change: null };

const sameContacts = (a: Contact[], b: Contact[]): boolean => canonicalJson(a) === canonicalJson(b);
export const addressOf = ({ email }: Contact): string => email.toLowerCase();

async function staffing(tx: EntityManager, profileId: string): Promise<Staffing> {
  const [row]: Staffing[] = await tx.query(
    `SELECT count(*) > 0 AS "everHadPeople", (count(*) FILTER (WHERE role = ANY($2) AND removed_at IS NULL)) > 0 AS "hasOfficer" FROM person WHERE profile_id = $1`,
    [profileId, rolesWith('contact.admit')],
  );
  return row!;
}

/**
 * Records who a profile being saved names. The profile's row must be locked. Returns the profile to save:
 * with its previous contacts if the change waits for an officer.
 */
export async function settleContacts(
  tx: EntityManager,
  before: Contact[],
  asked: Profile,
  editor: Editor,
  now: Date,
): Promise<{ content: Profile; withheld: boolean }> {
  if (sameContacts(before, asked.contacts)) return { content: asked, withheld: false };
  const people = await staffing(tx, asked.id);
  if (waitsForOfficer(editor.word, people)) {
    const change = {
      profileId: asked.id,
      contacts: asked.contacts,
      askedBy: editor.name,
      askedById: editor.personId,
      askedAt: now,
      notifiedAt: null,
    };
    const waiting = await tx.findOneBy(ContactChangeEntity, { profileId: asked.id });
    if (!waiting || !sameContacts(waiting.contacts, asked.contacts))
      await tx.upsert(ContactChangeEntity, change, ['profileId']);
    return { content: { ...asked, contacts: before }, withheld: true };
  }
  await place(tx, asked, editor, people, now);
  return { content: asked, withheld: false };
}

/** Deletes contacts no longer named, so that naming them again asks them again. */
async function place(
  tx: EntityManager,
  { id: profileId, contacts }: Profile,
  { name, personId, word }: Editor,
  people: Staffing,
  now: Date,
): Promise<void> {
  const addresses = contacts.map(addressOf);
  await tx.query('DELETE FROM contact WHERE profile_id = $1 AND NOT (address = ANY($2))', [
    profileId,
    addresses,
  ]);
  // People who sign in here have shown that the address is theirs.
  await tx.query(
    `INSERT INTO contact (profile_id, address, created_at, confirmed_at, admitted_at, admitted_by, admitted_by_id)
     SELECT $1, a, $3, CASE WHEN $4 OR EXISTS (SELECT 1 FROM person p WHERE p.profile_id = $1 AND p.email = a AND p.removed_at IS NULL AND p.last_seen_at IS NOT NULL) THEN $3::timestamptz END,
            CASE WHEN $5 THEN $3::timestamptz END, CASE WHEN $5 THEN $6 END, CASE WHEN $5 THEN $7::uuid END
       FROM unnest($2::text[]) a ON CONFLICT (profile_id, address) DO NOTHING`,
    [profileId, addresses, now, countsAsConfirmed(word, people), word === 'inside', name, personId],
  );
  const waiting = await tx.findOneBy(ContactChangeEntity, { profileId });
  if (waiting && sameContacts(waiting.contacts, contacts))
    await tx.delete(ContactChangeEntity, { profileId });
}

/** Whom profiles name, whether they agreed, and what waits for officers. */
@Injectable()
export class ContactRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ContactEntity);
  }

  /** Returns the contacts of each of these profiles. */
  async findByProfiles(profileIds: string[]): Promise<(profileId: string) => ContactsOf> {
    const [states, changes] = await Promise.all([
      this.table.find({ where: { profileId: In(profileIds) }, order: { profileId: 'ASC', address: 'ASC' } }),
      this.database.getRepository(ContactChangeEntity).findBy({ profileId: In(profileIds) }),
    ]);
    const known = new Map(changes.map((c) => [c.profileId, c]));
    return (id) =>
      profileIds.includes(id)
        ? { states: states.filter((s) => s.profileId === id), change: known.get(id) ?? null }
        : NONE;
  }

  /**
   * Returns whether this editor's change waits for an officer, and otherwise which addresses would be sent a
   * confirmation request.
   */
  async effectOf(
    before: Contact[],
    asked: Profile,
    editor: Editor,
  ): Promise<{ waits: boolean; toAsk: string[] }> {
    if (sameContacts(before, asked.contacts)) return { waits: false, toAsk: [] };
    const people = await staffing(this.database.manager, asked.id);
    if (waitsForOfficer(editor.word, people)) return { waits: true, toAsk: [] };
    if (countsAsConfirmed(editor.word, people)) return { waits: false, toAsk: [] };
    const rows: { address: string }[] = await this.database.query(
      `SELECT a AS address FROM unnest($2::text[]) a WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.profile_id = $1 AND c.address = a)
          AND NOT EXISTS (SELECT 1 FROM person p WHERE p.profile_id = $1 AND p.email = a AND p.removed_at IS NULL AND p.last_seen_at IS NOT NULL)`,
      [asked.id, asked.contacts.map(addressOf)],
    );
    return { waits: false, toAsk: rows.map((r) => r.address) };
  }

  findByAddress(profileId: string, address: string): Promise<ContactEntity | null> {
    return this.table.findOneBy({ profileId, address });
  }

  byToken(tokenHash: string): Promise<ContactEntity | null> {
    return this.table.findOneBy({ tokenHash });
  }

  /** Returns those who have not agreed yet, of one profile or of all. */
  unconfirmed(profileId: string | null): Promise<ContactEntity[]> {
    return this.table.find({
      where: { confirmedAt: IsNull(), ...(profileId !== null && { profileId }) },
      order: { profileId: 'ASC', address: 'ASC' },
    });
  }

  /** Records that its reader agreed through the link. */
  async confirm(tokenHash: string, now: Date): Promise<void> {
    await this.table.update({ tokenHash, confirmedAt: IsNull() }, { confirmedAt: now });
  }

  /** Records that someone inside lets it read internal content. */
  async admit(profileId: string, address: string, by: Author, now: Date): Promise<void> {
    await this.table.update(
      { profileId, address, admittedAt: IsNull() },
      { admittedAt: now, admittedBy: by.name, admittedById: by.personId },
    );
  }

  /** Has its confirmation request sent again, with a new link. */
  async askAgain(profileId: string, address: string): Promise<void> {
    await this.table.update({ profileId, address, confirmedAt: IsNull() }, { askedAt: null });
  }

  async decline(profileId: string): Promise<void> {
    await this.database.getRepository(ContactChangeEntity).delete({ profileId });
  }

  /** Returns the profiles with an e-mail to write: a confirmation request, or a change for their officers. */
  async toWrite(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT profile_id AS id FROM contact WHERE confirmed_at IS NULL AND asked_at IS NULL UNION SELECT profile_id FROM contact_change WHERE notified_at IS NULL ORDER BY id`,
    );
    return rows.map((r) => r.id);
  }

  /** Claims a profile's addresses yet to be asked, in one transaction with what `write` stores for each. */
  async ask(
    profileId: string,
    now: Date,
    write: (tx: EntityManager, address: string) => Promise<Pick<ContactEntity, 'tokenHash' | 'expiresAt'>>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const due = await tx.find(ContactEntity, {
        where: { profileId, confirmedAt: IsNull(), askedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      for (const { address } of due)
        await tx.update(
          ContactEntity,
          { profileId, address },
          { askedAt: now, ...(await write(tx, address)) },
        );
    });
  }

  /**
   * Claims the change yet to be told to a profile's officers, in one transaction with what `write` stores.
   */
  async notify(
    profileId: string,
    now: Date,
    write: (tx: EntityManager, change: ContactChangeEntity) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const change = await tx.findOne(ContactChangeEntity, {
        where: { profileId, notifiedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!change) return;
      await write(tx, change);
      await tx.update(ContactChangeEntity, { profileId }, { notifiedAt: now });
    });
  }

  /**
   * Returns the institutes whose internal content an address may read: those of its person, and those where
   * someone inside approved it.
   */
  async insideOf(address: string): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT profile_id AS id FROM person WHERE email = $1 AND removed_at IS NULL AND profile_id IS NOT NULL AND inside_from IS NULL
       UNION SELECT profile_id FROM contact WHERE address = $1 AND admitted_at IS NOT NULL AND confirmed_at IS NOT NULL ORDER BY id`,
      [address],
    );
    return rows.map((r) => r.id);
  }
}
