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

/** The validators that a server sent with a document, for conditional requests (RFC 9110, section 13). */
@Entity('validator')
export class ValidatorEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text', { name: 'request_hash' }) requestHash: string;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  @Column('text', { name: 'document_hash' }) documentHash: string;
}
