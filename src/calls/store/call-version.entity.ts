import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../domain/call-content.js';
import type { Change, ChangeKind } from '../domain/versions/diff.js';
import { CallEntity } from './call.entity.js';

/** What a reader saw of a call from one instant on. Rows are only added, and lose their texts in time. */
@Entity('call_version')
@Index('call_version_run', ['runId'])
@Index('call_version_seq_key', ['seq'], { unique: true })
@Index('call_version_seen', ['seenAt'])
@Index('call_version_changed', ['seq'], { where: "kinds <> '{}'" })
export class CallVersionEntity {
  @ForeignKey(() => CallEntity, 'id', { name: 'call_version_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  @PrimaryColumn('integer') version: number;
  @Column('bigint') seq: string;
  @Column('jsonb') content: CallContent;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  /**
   * Compared with the previous version; for a first version `new`, or empty if it was there when its source
   * was first read.
   */
  @Column('jsonb') changes: Change[];
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  @ForeignKey('HarvestRunEntity', 'id', { name: 'call_version_run_id_fkey' })
  @Column('uuid', { name: 'run_id' })
  runId: string;
  /** The kinds of its changes, each once. */
  @Column('text', { array: true, default: '{}' }) kinds: ChangeKind[];
  @Column('text', { name: 'source_id', nullable: true }) sourceId: string | null;
  /** The document that proves it; null for an absence, which all of the run's documents prove together. */
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /**
   * Since when its texts are no longer kept; a change of a text then has the length and a hash of each. Null
   * while they are.
   */
  @Column('timestamptz', { name: 'texts_dropped_at', nullable: true }) textsDroppedAt: Date | null;
}
