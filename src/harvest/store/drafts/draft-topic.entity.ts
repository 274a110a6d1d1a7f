import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { CallEntity } from '../../../calls/store/call.entity.js';

/** A topic as one version of a draft work programme describes it. */
@Entity('draft_topic')
@Index('draft_topic_call', ['callId'])
@ForeignKey('CommitteeDocumentEntity', ['reference', 'version'], ['reference', 'version'], {
  name: 'draft_topic_reference_version_fkey',
  onDelete: 'CASCADE',
})
export class DraftTopicEntity {
  @PrimaryColumn('text') reference: string;
  @PrimaryColumn('integer') version: number;
  @PrimaryColumn('text') identifier: string;
  @Column('jsonb') content: CallContent;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  /** The call that it is or became, by identifier or likeness. */
  @ForeignKey(() => CallEntity, 'id', { name: 'draft_topic_call_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
}
