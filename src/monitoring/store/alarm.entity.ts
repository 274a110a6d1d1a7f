import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * The state of the e-mails: `mailed` if the outbox has one for each operator, `pending` if the process that
 * raised the alarm had no operator but another may, `none` if there is no operator. `silenced` if somebody
 * had acknowledged the trouble, `incident` if it is part of one that was mailed, `settling` while an
 * all-clear waits until it is certain.
 */
export type AlarmDelivery = 'pending' | 'mailed' | 'none' | 'silenced' | 'incident' | 'settling';

/** A state change of something monitored; rows are only ever added. */
@Entity('alarm')
@Index('alarm_incident', ['incidentId'])
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
  /** When its subject's trouble began; for an all-clear, the beginning of the trouble that ended. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** When it was logged, which happens once across all processes. */
  @Column('timestamptz', { name: 'logged_at', nullable: true }) loggedAt: Date | null;
  @Column('text') delivery: AlarmDelivery;
  /** The alarm that began the incident to which it belongs; itself if it did. */
  @ForeignKey(() => AlarmEntity, 'id', { name: 'alarm_incident_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId: string | null;
}
