import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An organisation's part in a project. */
@Entity('history_participant')
@Index('history_participant_pic', ['pic', 'projectId'])
export class HistoryParticipantEntity {
  @PrimaryColumn('bigint', { name: 'project_id' }) projectId: string;
  @PrimaryColumn('text') pic: string;
  @PrimaryColumn('text') role: string;
  @Column('text') country: string;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text') name: string;
}
