import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** The score from which calls are sent to an institute, if its decisions move it: see sending-threshold.ts */
@Entity('own_threshold')
export class OwnThresholdEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'own_threshold_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id', primaryKeyConstraintName: 'own_threshold_pkey' })
  profileId: string;
  @Column('double precision') score: number;
  /** How much likelier than on the judged day the institute is to keep a call. */
  @Column('double precision') logits: number;
  @Column('integer') decisions: number;
  @Column('integer') kept: number;
  @Column('double precision') expected: number;
  /** When somebody of the institute took its decisions from the threshold; null while it follows them. */
  @Column('timestamptz', { name: 'set_aside_at', nullable: true }) setAsideAt: Date | null;
}
