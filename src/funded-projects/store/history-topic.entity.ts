import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { HistoryProjectEntity } from './history-project.entity.js';

/** A topic under which a project was funded. */
@Entity('history_topic')
export class HistoryTopicEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_topic_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') code: string;
  @Column('text', { nullable: true }) title: string | null;
}
