import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import {
  type KnownQuestion,
  newsFor,
  type QuestionChange,
  type QuestionNews,
  topicKey,
} from '../../domain/questions/question.js';
import { containing } from '../../../platform/database/values.js';

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

/** The position where the last page ended. */
interface QuestionPlace {
  at: Date;
  id: string;
}
/** Returns the position of a question in its call's list. */
export const questionPlace = ({ publishedAt, firstSeenAt, id }: QuestionEntity): QuestionPlace => ({
  at: publishedAt ?? firstSeenAt,
  id,
});

/** Ordered by publication, or by when it was first seen if that is unknown. */
const AT = 'coalesce(q.published_at, q.first_seen_at)';
/** The questions on a call's topic: only for grants, since a cascade call has its parent's identifier. */
const OF_CALL = `q.topics && ARRAY(SELECT upper(c.summary->>'identifier') FROM call c WHERE c.id = :callId AND c.content->>'kind' = 'grant')`;
/** More words would find nothing. */
const MOST_WORDS = 10;

const patternsOf = (words: string): string[] =>
  words.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS).map(containing);

/** Questions and answers on the topics of calls. */
@Injectable()
export class QuestionRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns all questions, by number. */
  all(): Promise<QuestionEntity[]> {
    return this.database.getRepository(QuestionEntity).find({ order: { id: 'ASC' } });
  }

  /** Returns the questions known on these topics that are not withdrawn, by number. */
  async known(topics: readonly string[]): Promise<Map<string, KnownQuestion>> {
    const rows: (KnownQuestion & { id: string })[] = await this.database.query(
      'SELECT id, listed_as AS "listedAs", cut FROM question WHERE topics && $1 AND gone_at IS NULL',
      [topics.map(topicKey)],
    );
    return new Map(rows.map(({ id, ...known }) => [id, known]));
  }

  /** Returns a page of a call's questions that have all these words, newest first. */
  list(
    callId: string,
    { words, limit, after }: { words: string; limit: number; after: QuestionPlace | null },
  ): Promise<QuestionEntity[]> {
    const query = this.ofCall(callId, words).orderBy(AT, 'DESC').addOrderBy('q.id', 'DESC').limit(limit);
    if (after) query.andWhere(`(${AT}, q.id) < (:at, :id)`, after);
    return query.getMany();
  }

  /** Returns how many of a call's questions have all these words. */
  count(callId: string, words = ''): Promise<number> {
    return this.ofCall(callId, words).getCount();
  }

  /** Returns how many questions are published, and on how many topics. */
  async size(): Promise<{ questions: number; topics: number }> {
    const rows: { questions: number; topics: number }[] = await this.database.query(
      `SELECT count(DISTINCT q.id)::int AS questions, count(DISTINCT t)::int AS topics FROM question q CROSS JOIN unnest(q.topics) t WHERE q.gone_at IS NULL`,
    );
    return rows[0]!;
  }

  private ofCall(callId: string, words: string) {
    return this.database
      .createQueryBuilder(QuestionEntity, 'q')
      .where(OF_CALL, { callId })
      .andWhere(`concat(q.question, ' ', q.answer) ILIKE ALL (:patterns)`, { patterns: patternsOf(words) });
  }

  /** Returns what was news for a topic in the runs at these moments, newest first. */
  async news(
    identifier: string,
    moments: Date[],
  ): Promise<{ news: QuestionNews; question: QuestionEntity }[]> {
    const topic = topicKey(identifier);
    const rows = await this.database
      .createQueryBuilder(QuestionEntity, 'q')
      .where(`(q.topics && ARRAY[:topic] OR q.changes @> '[{"field": "topics"}]')`, { topic })
      .andWhere(
        `(q.first_seen_at = ANY(:moments) OR q.gone_at = ANY(:moments) OR EXISTS (SELECT FROM jsonb_array_elements(q.changes) c WHERE (c->>'at')::timestamptz = ANY(:moments)))`,
        { moments },
      )
      .orderBy(AT, 'DESC')
      .addOrderBy('q.id', 'DESC')
      .getMany();
    return rows.flatMap((question) => {
      const news = newsFor(topic, question, moments);
      return news ? [{ news, question }] : [];
    });
  }
}
