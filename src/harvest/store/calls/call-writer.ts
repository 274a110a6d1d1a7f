import type { EntityManager } from 'typeorm';
import { sha256 } from '../../../kernel/hash.js';
import { noticeWith, type Change, kindsOf } from '../../../calls/domain/versions/diff.js';
import type { ParsedNote } from '../../domain/list.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { withoutAccents, wordsOnly } from '../../../calls/domain/searched-text.js';
import { identityKeys } from '../../../calls/domain/versions/identity.js';
import { topicKey } from '../../../calls/domain/related-calls.js';
import { objectiveOf } from '../../../calls/domain/summary.js';
import { statusFacts } from '../../../calls/domain/status.js';
import { bottomUpOfKeys } from '../../../calls/store/call-filter.js';
import type { SeenCall } from '../../domain/findings.js';

/** A note as read by a run. */
export interface SeenNote {
  note: ParsedNote;
  documentHash: string | null;
}

interface NotedRun extends Pick<Run, 'source' | 'now'> {
  notes: SeenNote[];
}

/** A note not seen before, with the current version of its call. */
interface NewNote {
  callId: string;
  version: number;
  withdrawnAt: Date | null;
  day: string;
  text: string;
  documentHash: string | null;
  isNews: boolean;
}

/**
 * Returns the day from which a source's notes are read: that of the first run able to show any, whether or
 * not it did.
 */
async function notesFrom(tx: EntityManager, { source, now }: NotedRun): Promise<string> {
  await tx.query(
    `UPDATE source SET notes_from = ($2::timestamptz AT TIME ZONE 'Europe/Brussels')::date WHERE id = $1 AND notes_from IS NULL`,
    [source.id, now],
  );
  const rows: { from: string }[] = await tx.query(
    'SELECT notes_from::text AS from FROM source WHERE id = $1',
    [source.id],
  );
  return rows[0]!.from;
}

/**
 * Stores new notes, and returns those that are news: later than the day on which their call was first seen,
 * and than the day from which the source's notes are read.
 */
async function newNotes(
  tx: EntityManager,
  { source, now, notes }: NotedRun,
  from: string,
): Promise<NewNote[]> {
  const rows = notes.map(({ note, documentHash }) => ({
    identifier: note.identifier.toLowerCase(),
    day: note.day,
    text: note.text,
    hash: sha256(note.text),
    document: documentHash,
  }));
  return tx.query(
    `WITH told AS (SELECT DISTINCT ON (r.identifier, r.day, r.hash) r.* FROM jsonb_to_recordset($1) AS r(identifier text, day date, text text, hash text, document text)),
          fresh AS (
       INSERT INTO call_note (call_id, day, hash, text, source_id, first_seen_at)
       SELECT DISTINCT ON (s.call_id, told.day, told.hash) s.call_id, told.day, told.hash, told.text, $2, $3
         FROM told JOIN source_record s ON s.source_id = $2 AND lower(s.content->>'identifier') = told.identifier AND s.content->>'kind' = 'grant' AND s.leads
       ON CONFLICT DO NOTHING RETURNING call_id, day, hash, text)
     SELECT c.id AS "callId", c.version, c.withdrawn_at AS "withdrawnAt", fresh.day::text AS day, fresh.text,
            (SELECT document FROM told WHERE told.day = fresh.day AND told.hash = fresh.hash LIMIT 1) AS "documentHash",
            fresh.day > greatest((c.first_seen_at AT TIME ZONE 'Europe/Brussels')::date, $4::date) AS "isNews"
       FROM fresh JOIN call c ON c.id = fresh.call_id ORDER BY fresh.call_id, fresh.day, fresh.hash`,
    [JSON.stringify(rows), source.id, now, from],
  );
}

/**
 * Returns the versions of a run, with its new notes. A note on a call that changes in the same run is added
 * to that change's version, as its reason; otherwise it is a version of its own with unchanged content.
 */
export async function withNotes(tx: EntityManager, writes: CallWrite[], run: NotedRun): Promise<CallWrite[]> {
  const from = await notesFrom(tx, run);
  if (!run.notes.length) return writes;
  const byCall = new Map(writes.map((w) => [w.callId, w]));
  for (const note of (await newNotes(tx, run, from)).filter((n) => n.isNews)) {
    const { callId, version, withdrawnAt, documentHash } = note;
    const write = byCall.get(callId) ?? {
      callId,
      version: version + 1,
      seen: null,
      changes: [],
      withdrawnAt,
      documentHash,
    };
    byCall.set(callId, {
      ...write,
      changes: [...write.changes, noticeWith({ day: note.day, text: note.text }, write.changes)],
    });
  }
  return [...byCall.values()];
}

/** A version to write; `seen` is null if the content is unchanged and only the call's status is new. */
export interface CallWrite {
  callId: string;
  version: number;
  seen: SeenCall | null;
  changes: Change[];
  withdrawnAt: Date | null;
  /** The document that shows the change, if it is not that of `seen`. */
  documentHash?: string | null;
}

interface Run {
  source: { id: string };
  runId: string;
  now: Date;
}

/**
 * Rows per statement: far below PostgreSQL's limit for one value, and enough to make round trips negligible.
 */
const CHUNK = 500;

const COLUMNS = `id uuid, content jsonb, hash text, version int, seq bigint, reference text, topic text, programme text, opens_at timestamptz, last_deadline_at timestamptz, deadlines jsonb,
  source_status text, search_text text, title_words text, heading_words text, text_words text, objective text, identity_keys text[], withdrawn_at timestamptz, published boolean`;

/** What searches cover. Conditions are left out: they are nearly identical in every call. */
function searchedTexts(content: CallContent): Record<'title' | 'heading' | 'text', string> {
  const { callIdentifier, callTitle, destination, parentTopic, project, mission, keywords } = content;
  const heading = [
    callIdentifier,
    callTitle,
    destination,
    parentTopic?.title,
    project?.acronym,
    project?.name,
    mission,
    ...keywords,
  ];
  const sections = content.sections.filter((s) => s.kind !== 'conditions').map((s) => s.text);
  const lines = (texts: (string | null | undefined)[]): string => texts.filter(Boolean).join('\n');
  return {
    title: lines([content.title, content.identifier]),
    heading: lines(heading),
    text: lines(sections),
  };
}

/** The words as written, title and identifier first. */
const WORDS_SQL = `setweight(to_tsvector('simple', r.title_words), 'A') || setweight(to_tsvector('simple', r.heading_words), 'B') || to_tsvector('simple', r.text_words)`;

type Numbered = CallWrite & { seq: string };

function columnsOf({
  callId,
  version,
  seq,
  seen,
  changes,
  withdrawnAt,
}: Numbered & { seen: SeenCall }): Record<string, unknown> {
  const { content, hash } = seen;
  const facts = statusFacts(content);
  const { title, heading, text } = searchedTexts(content);
  return {
    id: callId,
    content,
    hash,
    version,
    seq,
    reference: content.identifier ?? content.reference,
    topic: topicKey(content),
    programme: content.programme?.name ?? content.programme?.code ?? null,
    opens_at: facts.opensAt,
    last_deadline_at: facts.lastDeadlineAt,
    deadlines: content.deadlines.map(({ at, kind, timeTold }) => ({ at, kind, timeTold })),
    source_status: facts.sourceStatus,
    search_text: withoutAccents([title, heading, text].filter(Boolean).join('\n')),
    title_words: wordsOnly(title),
    heading_words: wordsOnly(heading),
    text_words: wordsOnly(text),
    objective: objectiveOf(content),
    identity_keys: identityKeys(content),
    withdrawn_at: withdrawnAt,
    published: changes.some((c) => c.kind === 'new'),
  };
}

export async function eachChunk<T>(writes: T[], run: (rows: T[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < writes.length; i += CHUNK) await run(writes.slice(i, i + CHUNK));
}

/** Assigns each write its number in the order of all versions. */
async function numbered(tx: EntityManager, writes: CallWrite[]): Promise<Numbered[]> {
  const rows: { seq: string }[] = await tx.query(
    `SELECT nextval('call_version_seq') AS seq FROM generate_series(1, $1)`,
    [writes.length],
  );
  return writes.map((w, i) => ({ ...w, seq: rows[i]!.seq }));
}

const shows = (w: Numbered): w is Numbered & { seen: SeenCall } => w.seen !== null;

async function insertCalls(tx: EntityManager, writes: Numbered[], now: Date): Promise<void> {
  await eachChunk(writes.filter(shows), (rows) =>
    tx.query(
      `INSERT INTO call (id, content, summary, content_hash, version, first_seq, seq, reference, topic, programme, opens_at, last_deadline_at, deadlines, source_status, search, words, title_words, objective, identity_keys, bottom_up, first_seen_at)
     SELECT id, content, content - 'sections', hash, version, seq, seq, reference, topic, programme, opens_at, last_deadline_at, deadlines, source_status, to_tsvector('english', search_text), ${WORDS_SQL}, to_tsvector('simple', r.title_words), objective, identity_keys, ${bottomUpOfKeys('identity_keys')}, $2
       FROM jsonb_to_recordset($1) AS r(${COLUMNS})`,
      [JSON.stringify(rows.map(columnsOf)), now],
    ),
  );
}

/** Whoever began to follow something while it was a draft has not heard of it as of a call. */
const FIRST_SEQ = `CASE WHEN r.published THEN r.seq ELSE call.first_seq END`;

/** Sentences on a call hold for the text they were written from. */
const SAME_TEXT = ['title', 'typesOfAction', 'sections']
  .map((part) => `call.content->'${part}' = r.content->'${part}'`)
  .join(' AND ');

async function updateCalls(tx: EntityManager, writes: Numbered[]): Promise<void> {
  await eachChunk(writes.filter(shows), (rows) =>
    tx.query(
      `UPDATE call SET content = r.content, summary = r.content - 'sections', content_hash = r.hash, version = r.version, first_seq = ${FIRST_SEQ}, seq = r.seq, reference = r.reference, topic = r.topic, programme = r.programme, opens_at = r.opens_at,
            last_deadline_at = r.last_deadline_at, deadlines = r.deadlines, source_status = r.source_status, search = to_tsvector('english', r.search_text), words = ${WORDS_SQL}, title_words = to_tsvector('simple', r.title_words), objective = r.objective,
            identity_keys = r.identity_keys, bottom_up = ${bottomUpOfKeys('r.identity_keys')}, withdrawn_at = r.withdrawn_at,
            written = CASE WHEN ${SAME_TEXT} THEN call.written END
       FROM jsonb_to_recordset($1) AS r(${COLUMNS}) WHERE call.id = r.id`,
      [JSON.stringify(rows.map(columnsOf))],
    ),
  );
}

/** The content is unchanged; only the end of the call is new. */
async function endCalls(tx: EntityManager, writes: Numbered[]): Promise<void> {
  await eachChunk(
    writes.filter((w) => w.seen === null),
    (rows) =>
      tx.query(
        `UPDATE call SET version = r.version, seq = r.seq, withdrawn_at = r.withdrawn_at
       FROM jsonb_to_recordset($1) AS r(id uuid, version int, seq bigint, withdrawn_at timestamptz) WHERE call.id = r.id`,
        [
          JSON.stringify(
            rows.map((w) => ({ id: w.callId, version: w.version, seq: w.seq, withdrawn_at: w.withdrawnAt })),
          ),
        ],
      ),
  );
}

async function insertVersions(
  tx: EntityManager,
  writes: Numbered[],
  { source, runId, now }: Run,
): Promise<void> {
  const row = (w: Numbered) => ({
    id: w.callId,
    version: w.version,
    seq: w.seq,
    changes: w.changes,
    kinds: kindsOf(w.changes),
    document: w.seen?.documentHash ?? w.documentHash ?? null,
  });
  await eachChunk(writes, (rows) =>
    tx.query(
      `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, kinds, seen_at, run_id, source_id, document_hash)
     SELECT r.id, r.version, r.seq, c.content, c.content_hash, r.changes, r.kinds, $2, $3, $4, r.document
       FROM jsonb_to_recordset($1) AS r(id uuid, version int, seq bigint, changes jsonb, kinds text[], document text) JOIN call c ON c.id = r.id`,
      [JSON.stringify(rows.map(row)), now, runId, source.id],
    ),
  );
}

export async function writeVersions(tx: EntityManager, writes: CallWrite[], run: Run): Promise<void> {
  const all = await numbered(tx, writes);
  await insertCalls(
    tx,
    all.filter((w) => w.version === 1),
    run.now,
  );
  await updateCalls(
    tx,
    all.filter((w) => w.version > 1),
  );
  await endCalls(tx, all);
  await insertVersions(tx, all, run);
}
