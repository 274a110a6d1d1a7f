import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** An e-mailed link that signs in once, until it expires. */
@Entity('sign_in_link')
@Index('sign_in_link_person', ['personId'])
export class SignInLinkEntity {
  @PrimaryColumn('text', { name: 'token_hash' }) tokenHash: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'sign_in_link_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt: Date | null;
  /** The local page requested before. */
  @Column('text', { nullable: true }) next: string | null;
}
