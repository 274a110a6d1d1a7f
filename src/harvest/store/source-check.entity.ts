import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CheckResult } from '../domain/check.js';

/** When a source is asked whether it is as it is taken for, and what it was seen to be the last time. */
@Entity('source_check')
export class SourceCheckEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** When it was asked last, whether or not it answered; null before the first time. */
  @Column('timestamptz', { nullable: true, name: 'asked_at' }) askedAt: Date | null;
  /** As of when the results are. */
  @Column('timestamptz', { nullable: true, name: 'answered_at' }) answeredAt: Date | null;
  @Column('jsonb', { nullable: true }) results: CheckResult[] | null;
  /** Why it did not answer the last time; null where it did. */
  @Column('text', { nullable: true }) reason: string | null;
}
