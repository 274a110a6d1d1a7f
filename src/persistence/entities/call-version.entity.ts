import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import type { Change } from '../../domain/call/diff.js';

/** What a reader saw of a call from one moment on. Rows are only ever added. */
@Entity('call_version')
@Index('call_version_seq_key', ['seq'], { unique: true })
export class CallVersionEntity {
  @PrimaryColumn('uuid', { name: 'call_id' }) callId: string;
  @PrimaryColumn('integer') version: number;
  @Column('bigint') seq: string;
  @Column('jsonb') content: CallContent;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  /** Against the version before; empty for the first. */
  @Column('jsonb') changes: Change[];
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  @Column('uuid', { name: 'run_id' }) runId: string;
}
