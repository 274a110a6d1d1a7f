import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** A person's subject at a sign-in provider, which outlives their address. */
@Entity('identity')
@Index('identity_person', ['personId', 'provider'], { unique: true })
export class IdentityEntity {
  @PrimaryColumn('text') provider: string;
  @PrimaryColumn('text') subject: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'identity_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
