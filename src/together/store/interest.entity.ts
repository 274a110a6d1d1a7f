import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** An institute's interest in a call, visible to all others; the row is deleted when it is withdrawn. */
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
  /** Whether the person who opened it gets e-mails about others. */
  @Column('boolean') tell: boolean;
  /** Name of the person who opened it; visible within the institute only. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'interest_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** Interests that others opened after this were not sent yet. */
  @Column('timestamptz', { name: 'notified_at' }) notifiedAt: Date;
  /** Since when the institute is a member of the joint opportunity of the call; null if it is not. */
  @Column('timestamptz', { name: 'joined_at', nullable: true }) joinedAt: Date | null;
  /** The last line of its history when it joined: a member sees what came after. */
  @Column('integer', { name: 'joined_after', default: 0 }) joinedAfter: number;
  /** When the members declined its request to join. */
  @Column('timestamptz', { name: 'declined_at', nullable: true }) declinedAt: Date | null;
}
