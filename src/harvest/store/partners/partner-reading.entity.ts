import { Column, Entity, PrimaryColumn } from 'typeorm';

export const PARTNER_READING_STATES = ['new', 'reading', 'accepted', 'rejected', 'failed'] as const;
export type PartnerReadingState = (typeof PARTNER_READING_STATES)[number];

/**
 * How the reading of a source's partner searches does: apart from its calls, whose state it does not touch.
 */
@Entity('partner_reading')
export class PartnerReadingEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  /** How the last one went, or that one is under way. */
  @Column('text', { default: 'new' }) state: PartnerReadingState;
  @Column('text', { nullable: true }) reason: string | null;
  /** Whose the reading under way is: another one that was begun since has another. */
  @Column('uuid', { nullable: true }) claim: string | null;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  /** When the last accepted one began: as of when partner searches are known. */
  @Column('timestamptz', { name: 'last_good_at', nullable: true }) lastGoodAt: Date | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** How many rows the last one showed that was not accepted for having so few. */
  @Column('integer', { nullable: true }) refused: number | null;
  /** Rows that the last accepted one could not read, and why the first of them. */
  @Column('integer', { default: 0 }) unread: number;
  @Column('text', { name: 'unread_why', nullable: true }) unreadWhy: string | null;
}
