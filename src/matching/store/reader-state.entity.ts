import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How the server of a language model does. */
@Entity('reader_state')
export class ReaderStateEntity {
  @PrimaryColumn('text') model: string;
  /** Until then it is not asked. */
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** The daily limit that was reached, as it is configured; null where it is not paused for that. */
  @Column('text', { name: 'limit_reached', nullable: true }) limitReached: string | null;
  /** The last request failed: for which call, and when. While that one is tried again, others wait. */
  @Column('uuid', { name: 'failing_call', nullable: true }) failingCall: string | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) failedAt: Date | null;
  /** The last error, though it be over. */
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz', { name: 'error_at', nullable: true }) errorAt: Date | null;
}
