import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { QuickCheckTarget, SourceRequest } from '../domain/source.js';

export type RunKind = 'full' | 'quick-check' | 'details';
export type RunState = 'reading' | 'judging' | 'accepted' | 'rejected' | 'failed';
export interface RunCounts {
  calls: number;
  new: number;
  changed: number;
  missing: number;
  /** Considered gone by this run. */
  gone: number;
  /** Rows that could not be read, and why the first could not. Absent in runs older than this field. */
  unread?: number;
  unreadWhy?: string | null;
  /** The source's own row count per part: if a quick check counts differently, the source is read again. */
  totals?: Record<string, number>;
  /** How it was read, for users, by name. */
  made?: Record<string, string>;
}

/** One harvest of a source. At most one per source is under way, enforced by the partial index below. */
@Entity('harvest_run')
@Index('harvest_run_one_under_way', ['sourceId'], { unique: true, where: 'ended_at IS NULL' })
export class HarvestRunEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('text') state: RunState;
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) reason: string | null;
  /**
   * Everything the source has, a quick check of some calls, or the topics that only its own list has, one by
   * one.
   */
  @Column('text', { default: 'full' }) kind: RunKind;
  /** The calls of a quick check. */
  @Column('jsonb', { nullable: true }) targets: QuickCheckTarget[] | null;
  /** What a source that is asked for topics is asked for in this run, chosen as it is planned. */
  @Column('text', { array: true, nullable: true }) topics: string[] | null;
  /** Set for a rejected run only if it was rejected because of its size. */
  @Column('jsonb', { nullable: true }) counts: RunCounts | null;
  /** Until when a host with a rate limit makes it wait. */
  @Column('timestamptz', { name: 'waits_until', nullable: true }) waitsUntil: Date | null;
}

/** A request planned by a run, and the document that answered it. */
@Entity('harvest_request')
@Index('harvest_request_key', ['runId', 'scan', 'key'], { unique: true })
export class HarvestRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => HarvestRunEntity, 'id', { name: 'harvest_request_run_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'run_id' })
  runId: string;
  @Column('integer') scan: 1 | 2;
  @Column('text') key: string;
  @Column('jsonb') request: SourceRequest;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** An answer that could not be read, and why: kept for an improved parser. */
  @Column('text', { name: 'rejected_hash', nullable: true }) rejectedHash: string | null;
  @Column('text', { name: 'rejected_why', nullable: true }) rejectedWhy: string | null;
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) fetchedAt: Date | null;
}
