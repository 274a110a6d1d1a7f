import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SOURCE_TROUBLES } from '../../calls/domain/index.js';

export const SOURCE_STATES = ['new', 'healthy', ...SOURCE_TROUBLES, 'quiet'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** What is known of a source from its runs: how it does, and when it is due again. */
@Entity('source')
export class SourceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { default: 'new' }) state: SourceState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { nullable: true, name: 'last_run_at' }) lastRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'last_good_run_at' }) lastGoodRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'due_at' }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'state_since' }) stateSince: Date | null;
  /** When the calls that are looked at more often are looked at again. */
  @Column('timestamptz', { nullable: true, name: 'quick_check_due_at' }) quickCheckDueAt: Date | null;
  /** The day as of which its official notes are read: those that stood there before are no news. */
  @Column('date', { nullable: true, name: 'notes_from' }) notesFrom: string | null;
  /** Names of its programmes by their codes, as it told them last. */
  @Column('jsonb', { nullable: true, name: 'programme_names' }) programmeNames: Record<string, string> | null;
  /** Runs in a row that were not good; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
}
