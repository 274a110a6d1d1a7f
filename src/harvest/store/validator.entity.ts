import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The validators that a server sent with a document, for conditional requests (RFC 9110, section 13). */
@Entity('validator')
export class ValidatorEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text', { name: 'request_hash' }) requestHash: string;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  @Column('text', { name: 'document_hash' }) documentHash: string;
}
