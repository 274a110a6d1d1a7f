import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import {
  correctionsBetween,
  isCut,
  type KnownQuestion,
  newsFor,
  type ParsedQuestion,
  type QuestionChange,
  type QuestionNews,
  topicKey,
} from '../../domain/questions/question.js';
import { containing } from '../../../platform/database/values.js';
import { writeEvents } from '../../../calls/store/event.repository.js';
import type { RunCounts } from '../run.repository.js';
import { studiedSql } from '../../../calls/store/institute-calls.js';

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

export interface ReadQuestions {
  /** As the lists have them. */
  listed: ParsedQuestion[];
  /** From their own documents, by number. */
  own: Map<string, ParsedQuestion & { documentHash: string }>;
}

/** A run of a source that is asked for topics. */
interface Run {
  source: { id: string };
  runId: string;
  now: Date;
  /** Rows that could not be read: nothing is concluded from them. */
  unread: { reference: string | null }[];
}

/** Older ones are forgotten: a question that is edited every day does not grow for ever. */
const MOST_CHANGES = 20;

type Row = Omit<QuestionEntity, 'changes'> & { changes: QuestionChange[] };
/** What is written of a question, and the topics whose readers have news of it. */
interface Written {
  row: Row;
  news: 'new' | 'changed' | 'gone' | null;
  topics: string[];
}

/** Returns the topics that this run and the last accepted one asked for, and what that one left unread. */
async function askedFor(
  tx: EntityManager,
  { source, runId }: Run,
): Promise<{ now: Set<string>; before: Set<string>; unreadOld: Set<string> }> {
  const rows: { now: boolean; topics: string[] | null; unread: string[] | null }[] = await tx.query(
    `SELECT true AS now, topics, NULL::jsonb AS unread FROM harvest_run WHERE id = $1 UNION ALL
     SELECT false, topics, counts->'unreadOld' FROM (SELECT topics, counts FROM harvest_run WHERE source_id = $2 AND kind = 'full' AND state = 'accepted' AND id <> $1
        ORDER BY ended_at DESC LIMIT 1) l`,
    [runId, source.id],
  );
  const of = (now: boolean): Set<string> =>
    new Set(rows.filter((r) => r.now === now).flatMap((r) => (r.topics ?? []).map(topicKey)));
  return {
    now: of(true),
    before: of(false),
    unreadOld: new Set(rows.flatMap((r) => r.unread ?? [])),
  };
}

/** The content of a question: that of its own document, or the stored one if its row has not changed. */
function contentOf(
  listed: ParsedQuestion,
  { own }: ReadQuestions,
  before: QuestionEntity | undefined,
): Pick<Row, 'question' | 'answer' | 'topics' | 'url' | 'publishedAt' | 'cut' | 'documentHash'> | null {
  const whole = own.get(listed.id);
  if (!whole) return before && before.listedAs === listed.listedAs ? before : null;
  const { question, answer, topics, url, publishedAt, documentHash } = whole;
  return {
    question,
    answer,
    topics,
    url,
    publishedAt: publishedAt === null ? null : new Date(publishedAt),
    cut: isCut(listed, whole),
    documentHash,
  };
}

/** Returns a question that the source shows, as it is stored now; null if too little of it could be read. */
function shown(
  listed: ParsedQuestion,
  read: ReadQuestions,
  before: QuestionEntity | undefined,
  isNews: boolean,
  now: Date,
): Written | null {
  const content = contentOf(listed, read, before);
  if (!content) return before ? { row: { ...before, seenAt: now }, news: null, topics: [] } : null;
  const row = { ...content, id: listed.id, listedAs: listed.listedAs!, seenAt: now, goneAt: null };
  if (!before || before.goneAt) {
    const first = { ...row, firstSeenAt: now, isNews, changes: before?.changes ?? [] };
    return { row: first, news: 'new', topics: isNews ? row.topics : [] };
  }
  const { firstSeenAt, isNews: wasNews } = before;
  const changes = correctionsBetween(before, content, now.toISOString());
  return {
    row: {
      ...row,
      firstSeenAt,
      isNews: wasNews,
      changes: [...before.changes, ...changes].slice(-MOST_CHANGES),
    },
    news: changes.length ? 'changed' : null,
    topics: changes.length ? [...new Set([...before.topics, ...content.topics])] : [],
  };
}

const PUT = `
  INSERT INTO question (id, topics, question, answer, url, published_at, listed_as, cut, document_hash, first_seen_at, is_news, changes, seen_at, gone_at)
  SELECT r.id, r.topics, r.question, r.answer, r.url, r."publishedAt", r."listedAs", r.cut, r."documentHash", r."firstSeenAt", r."isNews", r.changes, r."seenAt", r."goneAt"
    FROM jsonb_to_recordset($1) AS r(id text, topics text[], question text, answer text, url text, "publishedAt" timestamptz, "listedAs" text, cut boolean, "documentHash" text,
      "firstSeenAt" timestamptz, "isNews" boolean, changes jsonb, "seenAt" timestamptz, "goneAt" timestamptz)
  ON CONFLICT (id) DO UPDATE SET topics = excluded.topics, question = excluded.question, answer = excluded.answer, url = excluded.url, published_at = excluded.published_at,
    listed_as = excluded.listed_as, cut = excluded.cut, document_hash = excluded.document_hash, first_seen_at = excluded.first_seen_at, is_news = excluded.is_news,
    changes = excluded.changes, seen_at = excluded.seen_at, gone_at = excluded.gone_at`;

/**
 * Stores the questions that a run read. One that was known on these topics and is found no more, by topic or
 * by number, or that is archived now, has been withdrawn. Returns the counts, and tells those who study the
 * calls: not of what was there when a topic was first asked for.
 */
export async function writeQuestions(
  tx: EntityManager,
  read: ReadQuestions,
  run: Run,
): Promise<{
  counts: Pick<RunCounts, 'calls' | 'new' | 'changed' | 'gone' | 'unreadOld'>;
  news: QuestionNewsEvent[];
}> {
  const asked = await askedFor(tx, run);
  const known: QuestionEntity[] = await tx
    .createQueryBuilder(QuestionEntity, 'q')
    .where('q.id = ANY(:ids) OR (q.topics && :topics AND q.gone_at IS NULL)', {
      ids: read.listed.map((q) => q.id),
      topics: [...asked.now],
    })
    .getMany();
  const before = new Map(known.map((q) => [q.id, q]));
  const there = read.listed.filter((q) => !q.archived);
  const isNews = (q: ParsedQuestion): boolean =>
    !asked.unreadOld.has(q.id) && q.topics.some((t) => asked.now.has(t) && asked.before.has(t));
  const written = there.flatMap((q) => shown(q, read, before.get(q.id), isNews(q), run.now) ?? []);
  const stored = new Set(written.map((w) => w.row.id));
  const unreadOld = there.filter((q) => !stored.has(q.id) && !isNews(q)).map((q) => q.id);
  const kept = new Set([...there.map((q) => q.id), ...run.unread.flatMap((row) => row.reference ?? [])]);
  const gone = known
    .filter((q) => q.goneAt === null && !kept.has(q.id))
    .map((q): Written => ({ row: { ...q, goneAt: run.now }, news: 'gone', topics: q.topics }));
  const all = [...written, ...gone];
  if (all.length) await tx.query(PUT, [JSON.stringify(all.map((w) => w.row))]);
  const count = (news: Written['news']): number => all.filter((w) => w.news === news).length;
  return {
    counts: {
      calls: written.length,
      new: count('new'),
      changed: count('changed'),
      gone: count('gone'),
      ...(unreadOld.length && { unreadOld }),
    },
    news: await eventsFor(tx, [...new Set(all.flatMap((w) => w.topics))], run.now),
  };
}

type QuestionNewsEvent = Parameters<typeof writeEvents>[1][number];

/** Returns an event for each call on these topics that some institute studies. */
async function eventsFor(tx: EntityManager, topics: string[], at: Date): Promise<QuestionNewsEvent[]> {
  if (!topics.length) return [];
  const calls: { id: string }[] = await tx.query(
    `SELECT c.id FROM call c WHERE upper(c.summary->>'identifier') = ANY($1) AND c.content->>'kind' = 'grant' AND ${studiedSql('c.id')} ORDER BY c.id`,
    [topics],
  );
  return calls.map(({ id }) => ({
    key: `questions/${id}/${at.toISOString()}`,
    kind: 'questions' as const,
    callId: id,
  }));
}
