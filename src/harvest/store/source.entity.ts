import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SOURCE_TROUBLES } from '../../calls/domain/facts/source-state.js';

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
