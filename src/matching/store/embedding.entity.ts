import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('embedding_progress')
export class EmbeddingProgressEntity {
  @PrimaryColumn('text') model: string;
  /** The position in the order of versions up to which it has read the calls. */
  @Column('bigint', { name: 'call_seq', default: '0' }) callSeq: string;
  /** The revision it has read of each profile, by profile id. */
  @Column('jsonb', { default: {} }) profiles: Record<string, number>;
  /** Length of its vectors; null if it has made none. */
  @Column('integer', { nullable: true }) dimensions: number | null;
  /** The number of vectors it has ever made. */
  @Column('bigint', { default: '0' }) added: string;
  /** Whether it has read everything once: from then on matching uses it. */
  @Column('boolean', { default: false }) ready: boolean;
  /** Set after a failure: the model is paused until then. */
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** When a process with this model last ran, to the hour. */
  @Column('timestamptz', { name: 'used_at' }) usedAt: Date;
}

/** A model's vector of a text, stored once per SHA-256 of the text. */
@Entity('embedding')
export class EmbeddingEntity {
  @PrimaryColumn('text') model: string;
  @PrimaryColumn('bytea') hash: Buffer;
  /** Encoded as in vector-bytes. */
  @Column('bytea') vector: Buffer;
}
