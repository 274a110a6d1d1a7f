import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PortalProject, ProjectChange } from '../domain/portal-project.js';

/** A funded project of a topic that the portal's index is asked for. */
@Entity('portal_project')
// Indexes on a list, or on words, are more than the entity can say.
@Index('portal_project_pics', { synchronize: false })
@Index('portal_project_title', { synchronize: false })
@Index('portal_project_topics', { synchronize: false })
export class PortalProjectEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('jsonb') content: PortalProject;
  /** In lower case. */
  @Column('text', { array: true }) topics: string[];
  @Column('text', { array: true }) pics: string[];
  @Column('text', { name: 'topic_title', nullable: true }) topicTitle: string | null;
  /** The document that showed it as it is. */
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** Whether it appeared under a topic that had been asked for before. */
  @Column('boolean', { name: 'is_news' }) isNews: boolean;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** The last reading that asked for one of its topics. */
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  /** Readings in a row that asked for it and did not show it, and the first of them. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
  @Column('integer', { name: 'missing_runs', default: 0 }) missingRuns: number;
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
  /** The newest of its changes. */
  @Column('jsonb', { default: [] }) changes: ProjectChange[];
}
