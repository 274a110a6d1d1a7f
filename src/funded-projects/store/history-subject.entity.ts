import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { HistoryProjectEntity } from './history-project.entity.js';

/** A project's field of science. */
@Entity('history_subject')
export class HistorySubjectEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_subject_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') title: string;
}
