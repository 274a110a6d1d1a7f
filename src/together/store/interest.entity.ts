import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/index.js';
import { CallEntity } from '../../calls/store/index.js';
import { ProfileEntity } from '../../profiles/store/index.js';

/** That an institute is interested in a call, opened to all others; the row is gone once it is withdrawn. */
@Entity('interest')
@Index('interest_call', ['callId'])
@Index('interest_person', ['personId'])
export class InterestEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'interest_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'interest_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  @Column('text', { nullable: true }) brings: string | null;
  @Column('text', { array: true }) competences: string[];
  @Column('boolean') leads: boolean;
  /** Whether who opened it is mailed of the others. */
  @Column('boolean') tell: boolean;
  /** The name of who opened it; stays inside the institute. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'interest_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** What others opened after this was not told yet. */
  @Column('timestamptz', { name: 'notified_at' }) notifiedAt: Date;
}
