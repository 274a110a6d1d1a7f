import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { HistoryProjectEntity } from './history-project.entity.js';

/** An organisation's participation in a project. */
@Entity('history_participant')
@Index('history_participant_pic', ['pic', 'projectId'])
export class HistoryParticipantEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_participant_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') pic: string;
  @PrimaryColumn('text') role: string;
  @Column('text') country: string;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text') name: string;
  @Column('boolean', { nullable: true }) sme: boolean | null;
  @Column('text', { name: 'activity_type', nullable: true }) activityType: string | null;
  @Column('text', { name: 'nuts_code', nullable: true }) nutsCode: string | null;
  /** Euros. */
  @Column('numeric', { name: 'ec_contribution', precision: 15, scale: 2, nullable: true }) ecContribution:
    string | null;
  @Column('numeric', { name: 'net_ec_contribution', precision: 15, scale: 2, nullable: true })
  netEcContribution: string | null;
  @Column('numeric', { name: 'total_cost', precision: 15, scale: 2, nullable: true }) totalCost:
    string | null;
  /** Whether it left the project. */
  @Column('boolean', { nullable: true }) ended: boolean | null;
}
