import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThan } from 'typeorm';
import { RecipientEntity } from '../entities/recipient.entity.js';
import { ToldEntity } from '../entities/told.entity.js';

/** Who is written to, from where on things are news to them, and what they were told. */
@Injectable()
export class RecipientRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(RecipientEntity);
  }

  of(profileId: string): Promise<RecipientEntity[]> {
    return this.table.findBy({ profileId });
  }

  find(profileId: string, email: string): Promise<RecipientEntity | null> {
    return this.table.findOneBy({ profileId, email });
  }

  byToken(token: string): Promise<RecipientEntity | null> {
    return this.table.findOneBy({ token });
  }

  /** Those for whom this date of the digest was not looked at yet. */
  waitingFor(slot: Date): Promise<RecipientEntity[]> {
    return this.table.findBy({ lastSlotAt: LessThan(slot), stoppedAt: IsNull() });
  }

  async looked(profileId: string, email: string, slot: Date): Promise<void> {
    await this.table.update({ profileId, email }, { lastSlotAt: slot });
  }

  async stop(token: string, now: Date): Promise<void> {
    await this.table.update({ token, stoppedAt: IsNull() }, { stoppedAt: now });
  }

  /** Up to which version the contact was told of each call. */
  async told(profileId: string, email: string): Promise<Map<string, bigint>> {
    const rows = await this.database.getRepository(ToldEntity).findBy({ profileId, email });
    return new Map(rows.map((r) => [r.callId, BigInt(r.seq)]));
  }
}
