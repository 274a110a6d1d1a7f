import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { KeyScope } from '../../kernel/roles.js';
import { PersonEntity } from './person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

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
