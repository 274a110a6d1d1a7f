import { Column, Entity, PrimaryColumn } from 'typeorm';

export const PARTNER_READING_STATES = ['new', 'reading', 'accepted', 'rejected', 'failed'] as const;
export type PartnerReadingState = (typeof PARTNER_READING_STATES)[number];

/** The state of a source's partner search readings, separate from that of its calls. */
@Entity('partner_reading')
export class PartnerReadingEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  /** The result of the last reading, or that one is under way. */
  @Column('text', { default: 'new' }) state: PartnerReadingState;
  @Column('text', { nullable: true }) reason: string | null;
  /** The claim of the reading under way: a later one has another. */
  @Column('uuid', { nullable: true }) claim: string | null;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  /** When the last accepted reading began: the partner searches are as of then. */
  @Column('timestamptz', { name: 'last_good_at', nullable: true }) lastGoodAt: Date | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** The number of rows in the last reading, if rejected for having so few. */
  @Column('integer', { nullable: true }) refused: number | null;
  /** Rows that the last accepted reading could not read, and why the first could not. */
  @Column('integer', { default: 0 }) unread: number;
  @Column('text', { name: 'unread_why', nullable: true }) unreadWhy: string | null;
}
