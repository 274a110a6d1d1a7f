import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** `none` where there is nobody to write to, `silenced` where somebody had said that they know. */
export type AlarmDelivery = 'pending' | 'sending' | 'sent' | 'failed' | 'none' | 'silenced';

/** One change of state of something that is watched; rows are only ever added. */
@Entity('alarm')
@Index('alarm_raised', ['raisedAt'])
@Index('alarm_unlogged', ['raisedAt'], { where: 'logged_at IS NULL' })
@Index('alarm_waiting', ['delivery'], { where: "delivery IN ('pending', 'sending')" })
export class AlarmEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') subject: string;
  @Column('text') previous: string;
  @Column('text') state: string;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'raised_at' }) raisedAt: Date;
  /** Since when its subject was not well: of an all-clear the beginning of what has ended. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** When it was written into the log, which happens once whoever looks. */
  @Column('timestamptz', { name: 'logged_at', nullable: true }) loggedAt: Date | null;
  @Column('text') delivery: AlarmDelivery;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  /** The operators whose mail server has accepted it; another try leaves them out. */
  @Column('text', { name: 'sent_to', array: true, default: '{}' }) sentTo: string[];
  @Column('text', { name: 'sent_where', nullable: true }) sentWhere: string | null;
}
