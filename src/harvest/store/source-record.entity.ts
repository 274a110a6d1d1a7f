import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent, Summary } from '../../calls/domain/call-content.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import type { Evidence } from '../domain/findings.js';

/** A source's record of a call: the source's own key, and when it was seen there. */
@Entity('source_record')
@Index('source_record_call', ['callId'])
@Index('source_record_missing', ['sourceId', 'missingSince'])
@Index('source_record_reference', { synchronize: false })
@Index('source_record_grant_identifier', { synchronize: false })
export class SourceRecordEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text') key: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'source_record_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  /** The content according to this source. */
  @Column('jsonb') content: CallContent;
  /** The same without its sections, for queries over many records. */
  @Column('jsonb', { default: {}, select: false }) summary: Summary;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  /** Whether the call has this source's content; of several sources one leads. */
  @Column('boolean', { default: true }) leads: boolean;
  /**
   * Whether it leads whenever its source shows the call: the publisher's, or else the first that showed it.
   */
  @Column('boolean', { default: true }) owns: boolean;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** When the source last had something new: showed it for the first time, or with other content. */
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /**
   * What shows it: a harvest of the source, or only the source's own list, with a document for each topic.
   */
  @Column('text', { default: 'harvest' }) evidence: Evidence;
  /** Good runs in a row that did not show it. */
  @Column('integer', { name: 'missed_runs', default: 0 }) missedRuns: number;
  /** Set when it has been missing for so long that it is considered gone. */
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
  /** Set when a good run no longer shows it; cleared when it is back. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
}
