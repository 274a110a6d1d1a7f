import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AlarmEntity } from './alarm.entity.js';

/** How something that is watched does: a source, a queue. An alarm is raised where it changes. */
@Entity('monitor')
@Index('monitor_alarm', ['alarmId'])
export class MonitorEntity {
  /** `source/funding-tenders`, `check/funding-tenders`, `queue/harvest`, `workers`. */
  @PrimaryColumn('text') subject: string;
  @Column('text') state: string;
  /** Since when it is in this state. */
  @Column('timestamptz') since: Date;
  /** Since when it is not well, through whatever bad states it went; null while it is. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** The alarm that its present state raised; null where it was well from the first look on. */
  @ForeignKey(() => AlarmEntity, 'id', {
    name: 'monitor_alarm_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'alarm_id', nullable: true })
  alarmId: string | null;
  /**
   * Set while somebody knows of it: what gets worse meanwhile is noted and not mailed. Cleared when all is
   * well again.
   */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt: Date | null;
}
