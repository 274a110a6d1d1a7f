import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QuickCheckTarget } from '../domain/source.js';

export type RunKind = 'full' | 'quick-check' | 'details';
export type RunState = 'reading' | 'judging' | 'accepted' | 'rejected' | 'failed';
export interface RunCounts {
  calls: number;
  new: number;
  changed: number;
  missing: number;
  /** Taken for gone by this run. */
  gone: number;
  /** Rows that could not be read, and why the first of them. Not told by runs from before it was counted. */
  unread?: number;
  unreadWhy?: string | null;
  /**
   * How many rows each part of the source holds, by its own count: where a quick check counts otherwise, the
   * source is read again.
   */
  totals?: Record<string, number>;
  /** How it was read, for people, by name. */
  made?: Record<string, string>;
}

/** One harvest of a source. At most one of a source is under way, which the partial index below sees to. */
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
   * All that the source has, a quick check of some calls, or the topics that only its own list knows, one by
   * one.
   */
  @Column('text', { default: 'full' }) kind: RunKind;
  /** Whom a quick check is about. */
  @Column('jsonb', { nullable: true }) targets: QuickCheckTarget[] | null;
  /** Of a run that was not accepted only where that was for its size. */
  @Column('jsonb', { nullable: true }) counts: RunCounts | null;
  /** Until when a host that wants to be asked seldom makes it wait. */
  @Column('timestamptz', { name: 'waits_until', nullable: true }) waitsUntil: Date | null;
}
