import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How something that is watched does: a source, a queue. An alarm is raised where it changes. */
@Entity('watch')
export class WatchEntity {
  /** `source/funding-tenders`, `queue/harvest`. */
  @PrimaryColumn('text') subject: string;
  @Column('text') state: string;
  @Column('timestamptz') since: Date;
  /** Set while somebody knows of it: what gets worse meanwhile is noted and not mailed. Cleared when all is well again. */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt: Date | null;
}
