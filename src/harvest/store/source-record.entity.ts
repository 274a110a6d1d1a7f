import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent, Summary } from '../../calls/domain/index.js';
import type { Evidence } from '../domain/findings.js';
import { CallEntity } from '../../calls/store/index.js';

/** Where a source shows a call: the source's own key, and when it was seen there. */
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
  /** What this source says of it. */
  @Column('jsonb') content: CallContent;
  /** The same without its sections, for what looks through many. */
  @Column('jsonb', { default: {}, select: false }) summary: Summary;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  /** Whether the call says what this source says; of several sources one leads. */
  @Column('boolean', { default: true }) leads: boolean;
  /**
   * Whether it leads whenever its source shows the call: the publisher's, else the one that showed it first.
   */
  @Column('boolean', { default: true }) owns: boolean;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /**
   * When the source last said something new of it: showed it for the first time, or otherwise than before.
   */
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /**
   * What shows it: a harvest of the source, or the source's own list alone, whose word on it stands in a
   * document for each topic.
   */
  @Column('text', { default: 'harvest' }) evidence: Evidence;
  /** Good runs in a row that did not show it. */
  @Column('integer', { name: 'missed_runs', default: 0 }) missedRuns: number;
  /** Set where it was missing for so long that it is taken for gone. */
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
  /** Set where a good run did not show it any more; cleared when it is back. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
}
