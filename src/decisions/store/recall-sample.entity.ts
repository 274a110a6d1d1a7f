import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { Stratum } from '../domain/recall.js';

/**
 * A call that was not sent to an institute, and that it is asked about in a month. Its answer is its verdict
 * on the call.
 */
@Entity('recall_sample')
@Index('recall_sample_call', ['callId'])
export class RecallSampleEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'recall_sample_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'recall_sample_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** In Brussels, as 2026-06. */
  @Column('text') month: string;
  @Column('text') stratum: Stratum;
  /** The number of unsent calls in this stratum when it was drawn. */
  @Column('integer', { name: 'stratum_size' }) stratumSize: number;
  @Column('timestamptz', { name: 'drawn_at' }) drawnAt: Date;
}
