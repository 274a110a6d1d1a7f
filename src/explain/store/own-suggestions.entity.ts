import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** The changes of a profile that its institute's decisions suggest, and those that its people declined. */
@Entity('own_suggestions')
export class OwnSuggestionsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'own_suggestions_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id', primaryKeyConstraintName: 'own_suggestions_pkey' })
  profileId: string;
  /** The revision of the profile that they change, and the key of the decisions that suggest them. */
  @Column('integer') revision: number;
  @Column('text', { name: 'of_verdicts', nullable: true }) ofVerdicts: string | null;
  @Column('timestamptz', { name: 'found_at' }) foundAt: Date;
  @Column('jsonb') found: unknown[];
  /** The keys of those that were declined: they are not suggested again. */
  @Column('text', { array: true, default: () => "'{}'" }) declined: string[];
}
