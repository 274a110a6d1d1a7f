import { Entity, PrimaryColumn } from 'typeorm';

/** A field of science of a project. */
@Entity('history_subject')
export class HistorySubjectEntity {
  @PrimaryColumn('bigint', { name: 'project_id' }) projectId: string;
  @PrimaryColumn('text') title: string;
}
