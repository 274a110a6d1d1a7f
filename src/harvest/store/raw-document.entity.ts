import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The bytes that a source returned, gzipped, once per SHA-256: an improved parser can be run on past ones.
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
