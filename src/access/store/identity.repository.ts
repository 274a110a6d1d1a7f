import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdentityEntity } from './sign-in.entity.js';

/** The subjects of people at their sign-in providers. */
@Injectable()
export class IdentityRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(IdentityEntity);
  }

  /** Returns whose subject this is; null if it has not been seen yet. */
  async personOf(provider: string, subject: string): Promise<string | null> {
    return (await this.table.findOneBy({ provider, subject }))?.personId ?? null;
  }

  /**
   * Links a subject for good, unless it was that of a removed person; false if the person has another one
   * there, or it belongs to somebody else.
   */
  async link(identity: IdentityEntity): Promise<boolean> {
    await this.database.query(
      `DELETE FROM identity i USING person p WHERE i.provider = $1 AND i.subject = $2 AND p.id = i.person_id AND p.removed_at IS NOT NULL AND p.id <> $3`,
      [identity.provider, identity.subject, identity.personId],
    );
    const rows: unknown[] = await this.database.query(
      `INSERT INTO identity (provider, subject, person_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING person_id`,
      [identity.provider, identity.subject, identity.personId, identity.createdAt],
    );
    return (
      rows.length === 1 || (await this.personOf(identity.provider, identity.subject)) === identity.personId
    );
  }

  async providersOf(personId: string): Promise<string[]> {
    return (await this.table.find({ where: { personId }, order: { provider: 'ASC' } })).map(
      (i) => i.provider,
    );
  }
}
