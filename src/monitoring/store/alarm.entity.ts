import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Whom it is told by mail: `mailed` where the outbox has a mail to each operator, `pending` where who raised
 * it had no operator to write to, and another process may have one; `none` where there is nobody, `silenced`
 * where somebody had said that they know.
 */
export type AlarmDelivery = 'pending' | 'mailed' | 'none' | 'silenced';

/** One change of state of something that is watched; rows are only ever added. */
@Entity('alarm')
@Index('alarm_raised', ['raisedAt'])
@Index('alarm_unlogged', ['raisedAt'], { where: 'logged_at IS NULL' })
@Index('alarm_waiting', ['raisedAt'], { where: "delivery = 'pending'" })
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
}
