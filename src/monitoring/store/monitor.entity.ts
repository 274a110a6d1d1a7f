import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AlarmEntity } from './alarm.entity.js';

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
