import {
  Column,
  DataSource,
  Entity,
  type FindOptionsWhere,
  ForeignKey,
  Index,
  IsNull,
  MoreThan,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { type KeyScope, leads } from '../../kernel/actor.js';
import { PersonEntity } from './person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { storedLanguage } from '../../kernel/language.js';
import { lockNamed } from '../../platform/database/locks.js';
import { BEHIND_SQL, type PersonBehind } from './session.repository.js';

/** An API key of a person, or of a service of an institute or of the network. */
@Entity('api_key')
@Index('api_key_person', ['personId'])
@Index('api_key_maker', ['makerId'])
@Index('api_key_token', ['tokenHash'], { unique: true })
@Index('api_key_profile', ['profileId'])
@Index('api_key_maker', ['makerId'])
export class ApiKeyEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  /** Its first characters, so that people can tell keys apart. */
  @Column('text') hint: string;
  @Column('text') name: string;
  /** The owner; null for a service's key. */
  @ForeignKey(() => PersonEntity, 'id', { name: 'api_key_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** Its institute; null for the network. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'api_key_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** The creator: a service's key ends when they leave. */
  @ForeignKey(() => PersonEntity, 'id', { name: 'api_key_maker_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'maker_id', nullable: true })
  makerId: string | null;
  @Column('text') scope: KeyScope;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}

type NewKey = Pick<
  ApiKeyEntity,
  | 'id'
  | 'tokenHash'
  | 'hint'
  | 'name'
  | 'personId'
  | 'profileId'
  | 'scope'
  | 'makerId'
  | 'createdBy'
  | 'expiresAt'
>;
/** The owner of keys: a person, or the services of an institute, of the network if null. */
export type KeyOwner = { personId: string } | { profileId: string | null };
/** A key with its owner, if any. */
export interface KeyCame {
  key: Pick<ApiKeyEntity, 'id' | 'name' | 'scope' | 'profileId' | 'lastUsedAt'>;
  person: PersonBehind | null;
  profileName: string | null;
}

const whereOf = (owner: KeyOwner): FindOptionsWhere<ApiKeyEntity> =>
  'personId' in owner
    ? { personId: owner.personId }
    : { personId: IsNull(), profileId: owner.profileId ?? IsNull() };

const validOf = (owner: KeyOwner, now: Date): FindOptionsWhere<ApiKeyEntity> => ({
  ...whereOf(owner),
  revokedAt: IsNull(),
  expiresAt: MoreThan(now),
});

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ApiKeyEntity);
  }

  /**
   * Stores a key. Stores nothing and returns `full` if its owner already has `most` valid ones, `gone` if
   * its maker was removed, or leads no more and may make none for services: it would end with nobody.
   */
  async add(owner: KeyOwner, key: NewKey, most: number, now: Date): Promise<ApiKeyEntity | 'full' | 'gone'> {
    return this.database.transaction(async (tx) => {
      await lockNamed(tx, `api_key ${JSON.stringify(owner)}`);
      if (key.makerId !== null) {
        const where = { id: key.makerId, removedAt: IsNull() };
        const maker = await tx.findOne(PersonEntity, { where, lock: { mode: 'pessimistic_read' } });
        if (!maker || (key.personId === null && !leads(maker.role))) return 'gone';
      }
      if ((await tx.countBy(ApiKeyEntity, validOf(owner, now))) >= most) return 'full';
      await tx.insert(ApiKeyEntity, { ...key, createdAt: now, lastUsedAt: null, revokedAt: null });
      return tx.findOneByOrFail(ApiKeyEntity, { id: key.id });
    });
  }

  /**
   * Returns the owner of a key; null if it has ended or its person was removed. One statement, because every
   * request runs it.
   */
  async byToken(tokenHash: string, now: Date): Promise<KeyCame | null> {
    type Row = KeyCame['key'] & { keyName: string; keyProfileId: string | null; personId: string | null };
    const [row]: (Row & PersonBehind & { profileName: string | null })[] = await this.database.query(
      `SELECT k.id, k.name AS "keyName", k.scope, k.profile_id AS "keyProfileId", k.last_used_at AS "lastUsedAt",
              k.person_id AS "personId", ${BEHIND_SQL}
         FROM api_key k LEFT JOIN person p ON p.id = k.person_id
         LEFT JOIN profile i ON i.id = CASE WHEN k.person_id IS NULL THEN k.profile_id ELSE p.profile_id END
        WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND k.expires_at > $2
          AND (k.person_id IS NULL OR p.removed_at IS NULL)`,
      [tokenHash, now],
    );
    if (!row) return null;
    const { id, keyName, scope, keyProfileId, lastUsedAt, personId, profileName } = row;
    const { email, name, language, role, profileId, insideFrom } = row;
    return {
      key: { id, name: keyName, scope, profileId: keyProfileId, lastUsedAt },
      person:
        personId === null
          ? null
          : { id: personId, email, name, language: storedLanguage(language), role, profileId, insideFrom },
      profileName,
    };
  }

  async touch({ id, lastUsedAt }: KeyCame['key'], now: Date): Promise<void> {
    await this.table.update({ id, lastUsedAt: lastUsedAt ?? IsNull() }, { lastUsedAt: now });
  }

  /** Returns the valid keys, newest first. */
  list(owner: KeyOwner, now: Date): Promise<ApiKeyEntity[]> {
    return this.table.find({
      where: validOf(owner, now),
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  /** Ends one of the owner's keys; false if there is none. */
  async revoke(owner: KeyOwner, id: string, now: Date): Promise<boolean> {
    const { affected } = await this.table.update(
      { id, ...whereOf(owner), revokedAt: IsNull() },
      { revokedAt: now },
    );
    return Boolean(affected);
  }
}
