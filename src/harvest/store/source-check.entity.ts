import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CheckResult } from '../domain/check.js';

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
