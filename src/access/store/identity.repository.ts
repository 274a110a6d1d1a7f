import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdentityEntity } from './identity.entity.js';

/** Who people are to the providers with which they sign in. */
@Injectable()
export class IdentityRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(IdentityEntity);
  }

  /** Whose that name at the provider is; null where nobody came with it yet. */
  async personOf(provider: string, subject: string): Promise<string | null> {
    return (await this.table.findOneBy({ provider, subject }))?.personId ?? null;
  }

  /** Notes it for good; false where the person has another one there, or it is somebody else's. */
  async link(identity: IdentityEntity): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `INSERT INTO identity (provider, subject, person_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING person_id`,
      [identity.provider, identity.subject, identity.personId, identity.createdAt],
    );
    return (
      rows.length === 1 || (await this.personOf(identity.provider, identity.subject)) === identity.personId
    );
  }

  /** The providers with which somebody has signed in. */
  async providersOf(personId: string): Promise<string[]> {
    return (await this.table.find({ where: { personId }, order: { provider: 'ASC' } })).map(
      (i) => i.provider,
    );
  }
}
