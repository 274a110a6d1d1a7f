import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import type { Verdict, VerdictReason, VerdictState } from '../../matching/domain/verdict.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';

/** An institute's review of a call: when it was opened there, and the verdict. */
@Entity('review')
@Index('review_call', ['callId'])
@Index('review_verdict_by', ['verdictById'])
export class ReviewEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'review_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'review_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** The version of the call last opened; null if it was never opened. */
  @Column('integer', { name: 'seen_version', nullable: true }) seenVersion: number | null;
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt: Date | null;
  @Column('text', { nullable: true }) verdict: Verdict | null;
  @Column('text', { nullable: true }) reason: VerdictReason | null;
  /** The day on which a postponed call is due for a decision. */
  @Column('date', { name: 'later_until', nullable: true }) until: string | null;
  /** The name of the person who decided. */
  @Column('text', { name: 'verdict_by', nullable: true }) verdictBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'review_verdict_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'verdict_by_id', nullable: true })
  verdictById: string | null;
  /** Whether their link in a mail decided. */
  @Column('boolean', { name: 'verdict_by_link', default: false }) verdictByLink: boolean;
  @Column('timestamptz', { name: 'verdict_at', nullable: true }) verdictAt: Date | null;
  /** The version of the call that the verdict is about. */
  @Column('integer', { name: 'verdict_version', nullable: true }) verdictVersion: number | null;
  /** When somebody excluded the verdict from ranking other calls; a new verdict counts again. */
  @Column('timestamptz', { name: 'set_aside_at', nullable: true }) setAsideAt: Date | null;
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt: Date;
  /** The state before the current verdict, for undo. */
  @Column('jsonb', { nullable: true }) previous: VerdictState | null;
}
