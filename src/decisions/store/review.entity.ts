import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Verdict, VerdictReason, VerdictState } from '../../matching/domain/index.js';
import { ProfileEntity } from '../../profiles/store/index.js';
import { CallEntity } from '../../calls/store/index.js';

/** What an institute did with a call: when it was seen there, and what was decided. */
@Entity('review')
@Index('review_call', ['callId'])
export class ReviewEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'review_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'review_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** The version of the call that was opened last; null where it was never opened. */
  @Column('integer', { name: 'seen_version', nullable: true }) seenVersion: number | null;
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt: Date | null;
  @Column('text', { nullable: true }) verdict: Verdict | null;
  @Column('text', { nullable: true }) reason: VerdictReason | null;
  /** The day on which a call that was put off is to be decided again. */
  @Column('date', { name: 'later_until', nullable: true }) until: string | null;
  /** The name of who decided. */
  @Column('text', { name: 'verdict_by', nullable: true }) verdictBy: string | null;
  @Column('timestamptz', { name: 'verdict_at', nullable: true }) verdictAt: Date | null;
  /** The version of the call that was decided on. */
  @Column('integer', { name: 'verdict_version', nullable: true }) verdictVersion: number | null;
  /**
   * When somebody said that the verdict does not count for the ranking of other calls; it counts again once
   * it is decided anew.
   */
  @Column('timestamptz', { name: 'set_aside_at', nullable: true }) setAsideAt: Date | null;
  /** What stood before the present verdict, for undo. */
  @Column('jsonb', { nullable: true }) previous: VerdictState | null;
}
