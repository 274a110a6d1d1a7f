import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { RecipientEntity } from '../entities/recipient.entity.js';
import { ToldEntity } from '../entities/told.entity.js';

/** Whether the recipient `r` is a contact of the profile still. */
export const IS_CONTACT = `EXISTS (SELECT 1 FROM profile p, jsonb_array_elements(p.content->'contacts') c
  WHERE p.id = r.profile_id AND lower(c->>'email') = r.email)`;

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
    return this.table.createQueryBuilder('r').where('r.last_slot_at < :slot AND r.stopped_at IS NULL', { slot }).andWhere(IS_CONTACT).getMany();
  }

  /** Those who stopped the mails and are contacts still; of one profile, where it is named. */
  async stopped(profileId: string | null): Promise<RecipientEntity[]> {
    const query = this.table.createQueryBuilder('r').where('r.stopped_at IS NOT NULL').andWhere(IS_CONTACT);
    if (profileId !== null) query.andWhere('r.profile_id = :profileId', { profileId });
    return query.orderBy('r.profile_id').addOrderBy('r.email').getMany();
  }

  /** Whether they are to be written to: still a contact of the profile, and the mails not stopped. */
  wantsMail(profileId: string, email: string): Promise<boolean> {
    return this.table.createQueryBuilder('r').where('r.profile_id = :profileId AND r.email = :email AND r.stopped_at IS NULL', { profileId, email })
      .andWhere(IS_CONTACT).getExists();
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
