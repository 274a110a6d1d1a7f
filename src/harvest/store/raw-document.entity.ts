import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The bytes that a source answered, gzipped, once by their SHA-256: a better parser can be run over the past.
 */
@Entity('raw_document')
export class RawDocumentEntity {
  @PrimaryColumn('text') hash: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  /** Bytes before compression. */
  @Column('integer') size: number;
  @Column('bytea') gzip: Buffer;
  @Column('timestamptz', { name: 'first_fetched_at' }) firstFetchedAt: Date;
}
