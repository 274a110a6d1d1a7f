import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QuestionChange } from '../../domain/questions/question.js';

/** A question on topics with its answer. One that its source withdraws stays until its time is over. */
@Entity('question')
@Index('question_topics', { synchronize: false })
@Index('question_document', ['documentHash'])
export class QuestionEntity {
  /** The source's own number. */
  @PrimaryColumn('text') id: string;
  /** The identifiers of its topics, in capitals. */
  @Column('text', { array: true }) topics: string[];
  @Column('text') question: string;
  @Column('text', { nullable: true }) answer: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  /** What the list said of it when its own document was read, and whether it lacked some of the answer. */
  @Column('text', { name: 'listed_as' }) listedAs: string;
  @Column('boolean') cut: boolean;
  @Column('text', { name: 'document_hash' }) documentHash: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** Whether it was published after its topic was first asked for. */
  @Column('boolean', { name: 'is_news' }) isNews: boolean;
  /** Its last corrections, oldest first. */
  @Column('jsonb', { default: [] }) changes: QuestionChange[];
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
}
