import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Grade } from '../domain/reader/reading.js';

/**
 * A language model's answer on a call for an institute, once per text, profile, model and prompt; or that the
 * answer was refused.
 */
@Entity('reading')
export class ReadingEntity {
  /** See `readingKey`. */
  @PrimaryColumn('text') key: string;
  @Column('text') model: string;
  @Column('integer', { name: 'prompt_version' }) promptVersion: number;
  /** Null if no answer was accepted. */
  @Column('text', { nullable: true }) grade: Grade | null;
  @Column('text', { name: 'reason_en', nullable: true }) reasonEn: string | null;
  @Column('text', { name: 'reason_fr', nullable: true }) reasonFr: string | null;
  @Column('text', { nullable: true }) quote: string | null;
  /** The place of the quote: the field's name as in evidence, and UTF-16 offsets. */
  @Column('text', { nullable: true }) field: string | null;
  @Column('integer', { name: 'quote_from', nullable: true }) from: number | null;
  @Column('integer', { name: 'quote_to', nullable: true }) to: number | null;
  /** How often it was requested, and why the last answer was refused. */
  @Column('integer') times: number;
  @Column('text', { nullable: true }) refused: string | null;
  @Column('timestamptz', { name: 'read_at' }) readAt: Date;
}
