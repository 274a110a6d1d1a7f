import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CheckResult } from '../domain/check.js';
import type { ListedTopic } from '../domain/list.js';
import { SOURCE_TROUBLES } from '../../calls/domain/facts/call-facts.js';

/** When a source's form is next checked, and the results of the last check. */
@Entity('source_check')
export class SourceCheckEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** When it was last checked, whether or not it answered; null before the first check. */
  @Column('timestamptz', { nullable: true, name: 'asked_at' }) askedAt: Date | null;
  /** The time of the results. */
  @Column('timestamptz', { nullable: true, name: 'answered_at' }) answeredAt: Date | null;
  @Column('jsonb', { nullable: true }) results: CheckResult[] | null;
  /** Why it did not answer the last time; null if it did. */
  @Column('text', { nullable: true }) reason: string | null;
}

/** `good`: its content is known. The others say why the last reading was rejected or failed. */
export const LIST_STATES = ['new', 'good', 'doubtful', 'broken', 'refused', 'unreachable'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** The number of items of every kind, of topics including closed ones, and of forthcoming or open ones. */
interface ListCounts {
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

export const SOURCE_STATES = ['new', 'healthy', ...SOURCE_TROUBLES, 'quiet'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** The state of a source after its runs, and when it is due again. */
@Entity('source')
export class SourceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { default: 'new' }) state: SourceState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { nullable: true, name: 'last_run_at' }) lastRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'last_good_run_at' }) lastGoodRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'due_at' }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'state_since' }) stateSince: Date | null;
  /** When the calls checked more often are due for the next quick check. */
  @Column('timestamptz', { nullable: true, name: 'quick_check_due_at' }) quickCheckDueAt: Date | null;
  /** The day from which its official notes are read: earlier ones are no news. */
  @Column('date', { nullable: true, name: 'notes_from' }) notesFrom: string | null;
  /** Names of its programmes by code, as last received. */
  @Column('jsonb', { nullable: true, name: 'programme_names' }) programmeNames: Record<string, string> | null;
  /** Unsuccessful runs in a row; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
}
