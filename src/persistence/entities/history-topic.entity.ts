import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A topic under which a project was funded. */
@Entity('history_topic')
export class HistoryTopicEntity {
  @PrimaryColumn('bigint', { name: 'project_id' }) projectId: string;
  @PrimaryColumn('text') code: string;
  @Column('text', { nullable: true }) title: string | null;
}
