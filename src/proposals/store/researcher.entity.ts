import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';

@Entity('researcher_objection')
export class ResearcherObjectionEntity {
  @PrimaryColumn('text', { name: 'profile_id' })
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'researcher_objection_profile_id_fkey',
    onDelete: 'CASCADE',
  })
  profileId: string;
  /**
   * Hash of the lower-case address: it recognises an address that is entered again, without storing whose it
   * was.
   */
  @PrimaryColumn('text', { name: 'address_hash' })
  addressHash: string;
  @Column('timestamptz', { name: 'objected_at' }) objectedAt: Date;
}

/** A researcher with competences, to whom calls are proposed; visible to their institute only. */
@Entity('researcher')
@Index('researcher_email', ['profileId', 'email'], { unique: true })
export class ResearcherEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'researcher_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('text') name: string;
  @Column('timestamptz', { name: 'name_since' }) nameSince: Date;
  /** Those borne for longer than a day. */
  @Column('text', { name: 'former_names', array: true, default: '{}' }) formerNames: string[];
  /** In lower case. */
  @Column('text') email: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  /** Labels of competences in the profile. */
  @Column('text', { array: true }) competences: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
