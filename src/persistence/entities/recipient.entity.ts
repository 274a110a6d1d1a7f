import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A contact who was written to once: from where on things are news to them, and how they stop it. */
@Entity('recipient')
@Index('recipient_token', ['token'], { unique: true })
export class RecipientEntity {
  @PrimaryColumn('text', { name: 'profile_id' }) profileId: string;
  /** In small letters. */
  @PrimaryColumn('text') email: string;
  /** What stood in the portal up to this place in the order of versions is never told as new. */
  @Column('bigint', { name: 'baseline_seq' }) baselineSeq: string;
  @Column('timestamptz', { name: 'since' }) since: Date;
  /** The last date of the digest that was looked at for them, whether it gave a mail or not. */
  @Column('timestamptz', { name: 'last_slot_at' }) lastSlotAt: Date;
  @Column('text') token: string;
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
}
