import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CallContent, Deadline, Summary } from '../domain/call-content.js';
import type { SourceStatus } from '../domain/status.js';

/**
 * A funding call as it stands now. The columns beside `content` are what lists are filtered and sorted by.
 */
@Entity('call')
@Index('call_seq', ['seq'])
@Index('call_first_seq', ['firstSeq'])
@Index('call_programme', ['programme'])
// GIN indexes and those of expressions, which TypeORM cannot declare.
@Index('call_search', { synchronize: false })
@Index('call_identity_keys', { synchronize: false })
@Index('call_sisters', { synchronize: false })
@Index('call_identifier', { synchronize: false })
@Index('call_url', { synchronize: false })
@Index('call_title', { synchronize: false })
@Index('call_listed', { synchronize: false })
export class CallEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('jsonb') content: CallContent;
  /** All of the content but its sections: a list would unpack the text of each of its calls for nothing. */
  @Column('jsonb', { default: {}, select: false }) summary: Summary;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('integer') version: number;
  /** The place of its first version in the order of everything that was ever stored. */
  @Column('bigint', { name: 'first_seq' }) firstSeq: string;
  /** The place of its present version. */
  @Column('bigint') seq: string;
  @Column('text', { nullable: true }) programme: string | null;
  @Column('timestamptz', { name: 'opens_at', nullable: true }) opensAt: Date | null;
  @Column('timestamptz', { name: 'last_deadline_at', nullable: true }) lastDeadlineAt: Date | null;
  /** All of them, for what is looked through by date: to unpack the content of every call takes long. */
  @Column('jsonb', { default: [], select: false }) deadlines: Pick<Deadline, 'at' | 'kind' | 'timeTold'>[];
  @Column('text', { name: 'source_status' }) sourceStatus: SourceStatus;
  /**
   * The words that a search finds it by, made when it is written: ranking them anew at each search takes most
   * of its time.
   */
  @Column('tsvector', { select: false }) search: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** Set where every source that showed it ceased to, long before its deadline and for several good runs. */
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
  /**
   * Whether it is open to every subject. Written with the identity keys, by whose rule it goes: a change of
   * the rule needs a migration that writes it anew.
   */
  @Column('boolean', { name: 'bottom_up', default: false, select: false }) bottomUp: boolean;
  /** By these it is known again where another source shows it too. */
  @Column('text', { name: 'identity_keys', array: true, default: '{}' }) identityKeys: string[];
}
