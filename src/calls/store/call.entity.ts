import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent, Deadline, Summary } from '../domain/call-content.js';
import type { WrittenSummary } from '../domain/summary.js';
import type { SourceStatus } from '../domain/status.js';
import type { Change, ChangeKind } from '../domain/versions/diff.js';

/** The current state of a funding call. The columns next to `content` are for filtering and sorting lists. */
@Entity('call')
@Index('call_seq', ['seq'])
@Index('call_first_seq', ['firstSeq'])
@Index('call_first_seen', ['firstSeenAt'])
@Index('call_programme', ['programme'])
// GIN, hash and expression indexes and included columns, which TypeORM cannot declare.
@Index('call_search', { synchronize: false })
@Index('call_words', { synchronize: false })
@Index('call_title_words', { synchronize: false })
@Index('call_identity_keys', { synchronize: false })
@Index('call_sisters', { synchronize: false })
@Index('call_identifier', { synchronize: false })
@Index('call_url', { synchronize: false })
@Index('call_title', { synchronize: false })
@Index('call_listed', { synchronize: false })
@Index('call_topic', { synchronize: false })
@Index('call_not_over', { synchronize: false })
export class CallEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('jsonb') content: CallContent;
  /** The content without its sections: lists need not unpack the text of every call. */
  @Column('jsonb', { default: {}, select: false }) summary: Summary;
  /**
   * The sentence of its text that says its objective: lists need not unpack the text of every call.
   * Changing the rule needs a migration that rewrites it.
   */
  @Column('text', { nullable: true }) objective: string | null;
  /** What a language model wrote of its current text; null if none was asked. */
  @Column('jsonb', { nullable: true }) written: WrittenSummary | null;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('integer') version: number;
  /** The position of its first version in the global order of versions. */
  @Column('bigint', { name: 'first_seq' }) firstSeq: string;
  /** The position of its current version. */
  @Column('bigint') seq: string;
  /** Its identifier, or the source's reference where it has none. */
  @Column('text', { select: false, default: '' }) reference: string;
  /** The key of its topic; null if its title names none. Calls that share it are folded in lists. */
  @Column('text', { nullable: true, select: false }) topic: string | null;
  @Column('text', { nullable: true }) programme: string | null;
  @Column('timestamptz', { name: 'opens_at', nullable: true }) opensAt: Date | null;
  @Column('timestamptz', { name: 'last_deadline_at', nullable: true }) lastDeadlineAt: Date | null;
  /** All deadlines, for queries by date: unpacking the content of every call is slow. */
  @Column('jsonb', { default: [], select: false }) deadlines: Pick<Deadline, 'at' | 'kind' | 'timeTold'>[];
  @Column('text', { name: 'source_status' }) sourceStatus: SourceStatus;
  /**
   * The words a search finds it by, computed on write: computing them at each search would take most of its
   * time.
   */
  @Column('tsvector', { select: false }) search: string;
  /** The same words as they are written, without accents; those of title and identifier have the weight A. */
  @Column('tsvector', { select: false, default: '' }) words: string;
  /** Those of title and identifier alone: unpacking all words of each call found takes most of a search. */
  @Column('tsvector', { name: 'title_words', select: false, default: '' }) titleWords: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** Set if every source that showed it stopped long before its deadline, for several good runs. */
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
  /**
   * Whether it is open to any subject. Written with the identity keys, which its rule uses: changing the rule
   * needs a migration that rewrites it.
   */
  @Column('boolean', { name: 'bottom_up', default: false, select: false }) bottomUp: boolean;
  /** These identify it if another source shows it too. */
  @Column('text', { name: 'identity_keys', array: true, default: '{}' }) identityKeys: string[];
}

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

/**
 * An official note on a call, in its publisher's words. The same day and words are the same note, wherever
 * they appear.
 */
@Entity('call_note')
export class CallNoteEntity {
  @ForeignKey(() => CallEntity, 'id', { name: 'call_note_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** As written there: 2026-06-15. */
  @PrimaryColumn('date') day: string;
  /** SHA-256 of the words. */
  @PrimaryColumn('text') hash: string;
  @Column('text') text: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
}
