import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `good`: its content is known. The others say why the last reading was rejected or failed. */
export const LIST_STATES = ['new', 'good', 'doubtful', 'broken', 'refused', 'unreachable'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** The number of items of every kind, of topics including closed ones, and of forthcoming or open ones. */
export interface ListCounts {
  items: number;
  topics: number;
  living: number;
  unread: number;
  unreadWhy: string | null;
  /**
   * The known references of unreadable items: these items exist. Absent in lists read before this field
   * existed.
   */
  unreadReferences?: string[];
}

/** The state of a source's own list. Its failures affect no harvest, and make no call missing. */
@Entity('source_list')
export class SourceListEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('text', { default: 'new' }) state: ListState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  @Column('timestamptz', { name: 'first_read_at', nullable: true }) firstReadAt: Date | null;
  /** The time as of which its topics are known. */
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
  /** Unsuccessful readings in a row; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  /** SHA-256 of the bytes that its topics were read from. */
  @Column('text', { nullable: true }) hash: string | null;
  @Column('jsonb', { nullable: true }) counts: ListCounts | null;
  /** When topics that only the list has are next read one by one; null if done. */
  @Column('timestamptz', { name: 'details_due_at', nullable: true }) detailsDueAt: Date | null;
}
