import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListedTopic } from '../domain/list.js';

/** A topic that a source's own list showed as forthcoming or open. */
@Entity('listed_topic')
export class ListedTopicEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text') reference: string;
  @Column('jsonb') topic: ListedTopic;
  @Column('timestamptz', { name: 'first_listed_at' }) firstListedAt: Date;
  /** When its entry in the list last changed. */
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /** Since when the list no longer shows it, or shows it as closed. */
  @Column('timestamptz', { name: 'dropped_at', nullable: true }) droppedAt: Date | null;
}
