import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The state of a language model's server. */
@Entity('reader_state')
export class ReaderStateEntity {
  @PrimaryColumn('text') model: string;
  /** No requests are made until then. */
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** The daily limit that was reached, as configured; null if it is not paused for that. */
  @Column('text', { name: 'limit_reached', nullable: true }) limitReached: string | null;
  /** The last request failed: for which call, and when. While it is retried, the others wait. */
  @Column('uuid', { name: 'failing_call', nullable: true }) failingCall: string | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) failedAt: Date | null;
  /** The last error, even if it is over. */
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz', { name: 'error_at', nullable: true }) errorAt: Date | null;
}
