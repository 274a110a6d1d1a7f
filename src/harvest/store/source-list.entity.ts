import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * `good`: what it says is known. The others say why what was read last is not taken, or why nothing could be
 * read.
 */
export const LIST_STATES = ['new', 'good', 'doubtful', 'broken', 'refused', 'unreachable'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** Items of every kind, topics with the closed ones, and those that are forthcoming or open. */
export interface ListCounts {
  items: number;
  topics: number;
  living: number;
  unread: number;
  unreadWhy: string | null;
  /**
   * Of the items that could not be read, those whose reference is known: they are there. Not told by lists
   * from before it was kept.
   */
  unreadReferences?: string[];
}

/**
 * What is known of a source's own list. It fails by itself: neither is a harvest the worse for it, nor a call
 * missing.
 */
@Entity('source_list')
export class SourceListEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('text', { default: 'new' }) state: ListState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  @Column('timestamptz', { name: 'first_read_at', nullable: true }) firstReadAt: Date | null;
  /** As of when its topics are known. */
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
  /** Readings in a row that brought nothing; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  /** SHA-256 of the bytes that its topics were read from. */
  @Column('text', { nullable: true }) hash: string | null;
  @Column('jsonb', { nullable: true }) counts: ListCounts | null;
  /** When the topics that only the list knows are looked at one by one; null where that is done. */
  @Column('timestamptz', { name: 'details_due_at', nullable: true }) detailsDueAt: Date | null;
}
