import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from '../../calls/store/call.entity.js';

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

/**
 * A request to a language model, with its subject and usage. Until it is answered, the expected usage counts.
 */
@Entity('reader_request')
@Index('reader_request_asked', ['askedAt'])
@Index('reader_request_call', ['callId'])
export class ReaderRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') model: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'reader_request_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text', { array: true }) institutes: string[];
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('integer', { name: 'prompt_tokens' }) promptTokens: number;
  @Column('integer', { name: 'completion_tokens' }) completionTokens: number;
  /** By the prices at that time; null if none were set. */
  @Column('double precision', { nullable: true }) money: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  /** Institutes whose reading was refused. */
  @Column('integer', { default: 0 }) refused: number;
  @Column('text', { nullable: true }) error: string | null;
  /** Whether it failed and was not retried at once. */
  @Column('boolean', { name: 'given_up', default: false }) givenUp: boolean;
}
