import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AlarmEntity } from './alarm.entity.js';

/** The state of something monitored: a source, a queue. A change raises an alarm. */
@Entity('monitor')
@Index('monitor_alarm', ['alarmId'])
export class MonitorEntity {
  /** `source/funding-tenders`, `check/funding-tenders`, `queue/harvest`, `workers`. */
  @PrimaryColumn('text') subject: string;
  @Column('text') state: string;
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
   * Set while the trouble is acknowledged: further problems are recorded but not e-mailed. Cleared on
   * recovery.
   */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt: Date | null;
}
