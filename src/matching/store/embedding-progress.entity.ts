import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a model has come with the texts of calls and profiles. */
@Entity('embedding_progress')
export class EmbeddingProgressEntity {
  @PrimaryColumn('text') model: string;
  /** The place in the order of versions up to which it has read the calls. */
  @Column('bigint', { name: 'call_seq', default: '0' }) callSeq: string;
  /** The revision of each profile that it has read, by the profile's id. */
  @Column('jsonb', { default: {} }) profiles: Record<string, number>;
  /** Numbers in each of its vectors; null where it has made none. */
  @Column('integer', { nullable: true }) dimensions: number | null;
  /** Counts the vectors that it ever made. */
  @Column('bigint', { default: '0' }) added: string;
  /** Whether it has read everything once: from then on the matching goes by it. */
  @Column('boolean', { default: false }) ready: boolean;
  /** It could not be asked: until then it is left alone. */
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** When a process that has this model was there last, to the hour. */
  @Column('timestamptz', { name: 'used_at' }) usedAt: Date;
}
