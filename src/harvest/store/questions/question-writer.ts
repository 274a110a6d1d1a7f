import type { EntityManager } from 'typeorm';
import { writeEvents } from '../../../calls/store/event-writer.js';
import {
  correctionsBetween,
  isCut,
  type ParsedQuestion,
  type QuestionChange,
  topicKey,
} from '../../domain/questions/question.js';
import type { RunCounts } from '../harvest-run.entity.js';
import { studiedSql } from '../studied-calls.js';
import { QuestionEntity } from './question.repository.js';

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

/** Returns the topics that this run and the last accepted one asked for. */
async function askedFor(
  tx: EntityManager,
  { source, runId }: Run,
): Promise<{ now: Set<string>; before: Set<string> }> {
  const rows: { now: boolean; topics: string[] | null }[] = await tx.query(
    `SELECT true AS now, topics FROM harvest_run WHERE id = $1 UNION ALL
     SELECT false, topics FROM (SELECT topics FROM harvest_run WHERE source_id = $2 AND kind = 'full' AND state = 'accepted' AND id <> $1
        ORDER BY ended_at DESC LIMIT 1) l`,
    [runId, source.id],
  );
  const of = (now: boolean): Set<string> =>
    new Set(rows.filter((r) => r.now === now).flatMap((r) => (r.topics ?? []).map(topicKey)));
  return { now: of(true), before: of(false) };
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
): Promise<{ counts: Pick<RunCounts, 'calls' | 'new' | 'changed' | 'gone'>; news: QuestionNewsEvent[] }> {
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
  const written = there.flatMap((q) => {
    const isNews = q.topics.some((t) => asked.now.has(t) && asked.before.has(t));
    return shown(q, read, before.get(q.id), isNews, run.now) ?? [];
  });
  const kept = new Set([...there.map((q) => q.id), ...run.unread.flatMap((row) => row.reference ?? [])]);
  const gone = known
    .filter((q) => q.goneAt === null && !kept.has(q.id))
    .map((q): Written => ({ row: { ...q, goneAt: run.now }, news: 'gone', topics: q.topics }));
  const all = [...written, ...gone];
  if (all.length) await tx.query(PUT, [JSON.stringify(all.map((w) => w.row))]);
  const count = (news: Written['news']): number => all.filter((w) => w.news === news).length;
  return {
    counts: { calls: written.length, new: count('new'), changed: count('changed'), gone: count('gone') },
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
