import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import { PersonEntity } from './person.entity.js';
import { ProfileEntity } from '../../profiles/store/index.js';
import { personBehind } from './session.repository.js';

export type NewKey = Pick<
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
/** Whose keys: a person's, or the services' of an institute, of the network with null. */
export type KeyOwner = { personId: string } | { profileId: string | null };
/** A key with who is behind it: a person, or nobody in particular. */
export interface KeyCame {
  credential: ApiKeyEntity;
  person: PersonEntity | null;
  profileName: string | null;
}

const whereOf = (owner: KeyOwner): FindOptionsWhere<ApiKeyEntity> =>
  'personId' in owner
    ? { personId: owner.personId }
    : { personId: IsNull(), profileId: owner.profileId ?? IsNull() };

/** Keys for programs. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ApiKeyEntity);
  }

  async add(key: NewKey, now: Date): Promise<ApiKeyEntity> {
    await this.table.insert({ ...key, createdAt: now, lastUsedAt: null, revokedAt: null });
    return this.table.findOneByOrFail({ id: key.id });
  }

  /** Who comes with that key; null where it has ended, or its person was removed. */
  async byToken(tokenHash: string, now: Date): Promise<KeyCame | null> {
    const credential = await this.table.findOneBy({
      tokenHash,
      revokedAt: IsNull(),
      expiresAt: MoreThan(now),
    });
    if (!credential) return null;
    if (credential.personId === null)
      return { credential, person: null, profileName: await this.instituteOf(credential) };
    const behind = await personBehind(this.database, credential.personId);
    return behind && { credential, ...behind };
  }

  async touch({ id, lastUsedAt }: ApiKeyEntity, now: Date): Promise<void> {
    await this.table.update({ id, lastUsedAt: lastUsedAt ?? IsNull() }, { lastUsedAt: now });
  }

  /** The keys that still open something, the newest first. */
  list(owner: KeyOwner, now: Date): Promise<ApiKeyEntity[]> {
    return this.table.find({
      where: { ...whereOf(owner), revokedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  /** Ends a key of that owner; false where there is none. */
  async revoke(owner: KeyOwner, id: string, now: Date): Promise<boolean> {
    const { affected } = await this.table.update(
      { id, ...whereOf(owner), revokedAt: IsNull() },
      { revokedAt: now },
    );
    return Boolean(affected);
  }

  private async instituteOf({ profileId }: ApiKeyEntity): Promise<string | null> {
    return profileId === null
      ? null
      : ((await this.database.getRepository(ProfileEntity).findOneBy({ id: profileId }))?.content.name ??
          null);
  }
}
