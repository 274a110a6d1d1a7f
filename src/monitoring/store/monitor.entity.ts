import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * The state of the e-mails: `mailed` if the outbox has one for each operator, `pending` if the process that
 * raised the alarm had no operator but another may, `none` if there is no operator. `silenced` if somebody
 * had acknowledged the trouble, `incident` if it is part of one that was mailed, `settling` while an
 * all-clear waits until it is certain.
 */
type AlarmDelivery = 'pending' | 'mailed' | 'none' | 'silenced' | 'incident' | 'settling';

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

/** The state of something monitored: a source, a queue. A change raises an alarm. */
@Entity('monitor')
@Index('monitor_alarm', ['alarmId'])
@Index('monitor_incident', ['incidentId'])
export class MonitorEntity {
  /**
   * `source/funding-tenders`, `check/funding-tenders`, `queue/harvest`, `workers`, `delivery/email`,
   * `disk/data`, `database`, `backup`.
   */
  @PrimaryColumn('text') subject: string;
  @Column('text') state: string;
  /** The last reason that was given for it. */
  @Column('text', { nullable: true }) reason: string | null;
  /** When this state began. */
  @Column('timestamptz') since: Date;
  /** When the trouble began, across all bad states since; null while all is well. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** The alarm that raised the current state; null if it has been well from the start. */
  @ForeignKey(() => AlarmEntity, 'id', {
    name: 'monitor_alarm_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'alarm_id', nullable: true })
  alarmId: string | null;
  /**
   * Set while the trouble is acknowledged: further problems are recorded but not e-mailed. Cleared when the
   * incident is over.
   */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt: Date | null;
  /**
   * The alarm that began the present incident. It lasts, through recoveries and relapses, until the subject
   * has been well for a while; null without one.
   */
  @ForeignKey(() => AlarmEntity, 'id', {
    name: 'monitor_incident_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId: string | null;
  /** When the last e-mail about the incident was written. */
  @Column('timestamptz', { name: 'mailed_at', nullable: true }) mailedAt: Date | null;
  /** While it is well again: when the incident is over, unless it fails before. */
  @Column('timestamptz', { name: 'calm_until', nullable: true }) calmUntil: Date | null;
  /** When a process last saw the trouble that not every process can see. */
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt: Date | null;
}
