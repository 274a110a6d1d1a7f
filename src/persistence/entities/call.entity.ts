import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import type { Status } from '../../domain/call/status.js';

/** A funding call as it stands now. The columns beside `content` are what lists are filtered and sorted by. */
@Entity('call')
@Index('call_programme', ['programme'])
@Index('call_last_deadline', ['lastDeadlineAt'])
// On an expression, which TypeORM cannot declare: to_tsvector('english', search_text).
@Index('call_search', { synchronize: false })
export class CallEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('jsonb') content: CallContent;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('integer') version: number;
  /** The place of its first version in the order of everything that was ever stored. */
  @Column('bigint', { name: 'first_seq' }) firstSeq: string;
  /** The place of its present version. */
  @Column('bigint') seq: string;
  @Column('text', { nullable: true }) programme: string | null;
  @Column('timestamptz', { name: 'opens_at', nullable: true }) opensAt: Date | null;
  @Column('timestamptz', { name: 'last_deadline_at', nullable: true }) lastDeadlineAt: Date | null;
  @Column('text', { name: 'source_status' }) sourceStatus: Status;
  @Column('text', { name: 'search_text' }) searchText: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
}
