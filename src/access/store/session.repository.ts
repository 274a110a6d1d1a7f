import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, Not } from 'typeorm';
import { sessionEnd } from '../domain/lifetimes.js';
import { PersonEntity } from './person.entity.js';
import { SessionEntity } from './session.entity.js';

/** A credential with the person behind it and the name of their institute. */
export interface Came<T> {
  credential: T;
  person: PersonEntity;
  profileName: string | null;
}
export type NewSession = Pick<
  SessionEntity,
  'id' | 'tokenHash' | 'personId' | 'userAgent' | 'authenticatedAt'
>;

/** The browsers in which people are signed in. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SessionEntity);
  }

  async begin(session: NewSession, now: Date): Promise<void> {
    await this.table.insert({
      ...session,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: sessionEnd(now, now),
      revokedAt: null,
    });
    await this.database.getRepository(PersonEntity).update({ id: session.personId }, { lastSeenAt: now });
  }

  /** Who comes with that session; null where it has ended, or the person was removed. */
  async byToken(tokenHash: string, now: Date): Promise<Came<SessionEntity> | null> {
    const credential = await this.table.findOneBy({
      tokenHash,
      revokedAt: IsNull(),
      expiresAt: MoreThan(now),
    });
    const behind = credential && (await personBehind(this.database, credential.personId));
    return behind && { credential, ...behind };
  }

  /** Notes that the session is used, which lets it live on. */
  async touch({ id, createdAt, personId, lastSeenAt }: SessionEntity, now: Date): Promise<void> {
    const { affected } = await this.table.update(
      { id, lastSeenAt },
      { lastSeenAt: now, expiresAt: sessionEnd(createdAt, now) },
    );
    if (affected)
      await this.database.getRepository(PersonEntity).update({ id: personId }, { lastSeenAt: now });
  }

  /** The ones of a person that still live, the last used first. */
  ofPerson(personId: string, now: Date): Promise<SessionEntity[]> {
    return this.table.find({
      where: { personId, revokedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { lastSeenAt: 'DESC', id: 'ASC' },
    });
  }

  /** Ends a session of that person; false where there is none. */
  async revoke(personId: string, id: string, now: Date): Promise<boolean> {
    const { affected } = await this.table.update({ id, personId, revokedAt: IsNull() }, { revokedAt: now });
    return Boolean(affected);
  }

  async revokeOthers(personId: string, kept: string, now: Date): Promise<number> {
    const { affected } = await this.table.update(
      { personId, id: Not(kept), revokedAt: IsNull() },
      { revokedAt: now },
    );
    return affected ?? 0;
  }
}

/** Somebody who was not removed, with the name of their institute. */
export async function personBehind(
  database: DataSource,
  id: string,
): Promise<{ person: PersonEntity; profileName: string | null } | null> {
  const { entities, raw } = await database
    .getRepository(PersonEntity)
    .createQueryBuilder('p')
    .leftJoin('profile', 'i', 'i.id = p.profile_id')
    .addSelect("i.content->>'name'", 'institute')
    .where('p.id = :id AND p.removed_at IS NULL', { id })
    .getRawAndEntities<{ institute: string | null }>();
  return entities[0] ? { person: entities[0], profileName: raw[0]!.institute } : null;
}
