import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WishesInput } from '../../domain/notification/wishes.js';

/** What an institute sets for its people, where they say nothing else. */
@Entity('telling_defaults')
export class TellingDefaultsEntity {
  @PrimaryColumn('text', { name: 'profile_id' }) profileId: string;
  @Column('jsonb') wishes: WishesInput;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
}
