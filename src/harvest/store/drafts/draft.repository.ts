import {
  ArrayOverlap,
  Column,
  DataSource,
  Entity,
  type EntityManager,
  ForeignKey,
  Index,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import {
  type AwardedProposal,
  type CommitteeDocument,
  documentKey,
  documentPage,
  isLegalAct,
} from '../../domain/drafts/committee-document.js';
import {
  differencesOf,
  type DraftDifference,
  paired,
  type DraftPlace,
  type DraftState,
  type MergedInto,
} from '../../domain/drafts/draft-history.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { CallEntity } from '../../../calls/store/call.entity.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import { contentHash, sourceRecordKey } from '../../../calls/domain/versions/identity.js';
import { grouped } from '../../../kernel/collections.js';
import type { SeenCall } from '../../domain/findings.js';
import { namesIn } from '../../domain/drafts/award.js';

/** A change of a document under the same version: its title, the end of its meeting or its files. */
export interface DocumentChange {
  at: string;
  field: 'title' | 'meetingEnds' | 'files';
  from: unknown;
  to: unknown;
}

/** A version of a document in the register of committees. Rows stay, also when the register drops them. */
@Entity('committee_document')
export class CommitteeDocumentEntity {
  @PrimaryColumn('text') reference: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') content: CommitteeDocument;
  /** When it had last been updated as its files were read; null until they are. */
  @Column('text', { name: 'read_as_of', nullable: true }) readAsOf: string | null;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('jsonb', { default: [] }) changes: DocumentChange[];
  /** How its topics differ from those of the version before. */
  @Column('jsonb', { default: [] }) differences: DraftDifference[];
  /** The proposals that it would award grants to. */
  @Column('jsonb', { default: [] }) proposals: AwardedProposal[];
  /** The calls and topics that its title or annex names, in small letters. */
  @Column('text', { array: true, default: '{}' }) names: string[];
}

/** A topic as one version of a draft work programme describes it. */
@Entity('draft_topic')
@Index('draft_topic_call', ['callId'])
@ForeignKey('CommitteeDocumentEntity', ['reference', 'version'], ['reference', 'version'], {
  name: 'draft_topic_reference_version_fkey',
  onDelete: 'CASCADE',
})
export class DraftTopicEntity {
  @PrimaryColumn('text') reference: string;
  @PrimaryColumn('integer') version: number;
  @PrimaryColumn('text') identifier: string;
  @Column('jsonb') content: CallContent;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  /** The call that it is or became, by identifier or likeness. */
  @ForeignKey(() => CallEntity, 'id', { name: 'draft_topic_call_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
}

export interface ListedDocument {
  content: CommitteeDocument;
  changedAt: Date;
  topics: number;
  proposals: AwardedProposal[];
  names: string[];
}

interface DocumentFilter {
  committee?: string | undefined;
  type?: string | undefined;
  /** A call or topic that it names. */
  names?: string | undefined;
}

type StateRow = Omit<DraftState, 'document' | 'day'> & { reference: string; createdAt: string };
const STATE = `t.reference, t.version, t.content, t.seen_at AS "seenAt", d.content->>'createdAt' AS "createdAt"`;

const stateOf = ({ reference, createdAt, ...state }: StateRow): DraftState => ({
  ...state,
  document: documentKey({ reference, version: state.version }),
  day: brusselsDate(new Date(createdAt)),
});

/** Documents of committees, and the topics of drafts. */
@Injectable()
export class DraftRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns when each document was updated whose files have been read, by key. */
  async known(): Promise<Map<string, string>> {
    const rows = await this.database
      .getRepository(CommitteeDocumentEntity)
      .find({ select: { reference: true, version: true, readAsOf: true } });
    return new Map(rows.flatMap((r) => (r.readAsOf === null ? [] : [[documentKey(r), r.readAsOf]])));
  }

  /** Returns all documents, oldest first. */
  documents(): Promise<CommitteeDocumentEntity[]> {
    return this.database
      .getRepository(CommitteeDocumentEntity)
      .find({ order: { firstSeenAt: 'ASC', reference: 'ASC', version: 'ASC' } });
  }

  /** Returns the documents that name one of these calls or topics, given in small letters. */
  naming(
    names: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<CommitteeDocumentEntity[]> {
    return tx.getRepository(CommitteeDocumentEntity).findBy({ names: ArrayOverlap([...new Set(names)]) });
  }

  /** Returns those that were new or changed last, and how many there are with these filters. */
  async list(
    { committee, type, names }: DocumentFilter,
    limit: number,
    after: { at: string; reference: string; version: number } | null = null,
  ): Promise<{ documents: ListedDocument[]; total: number }> {
    const where = `($1::text IS NULL OR d.content->>'committee' = $1) AND ($2::text IS NULL OR d.content->>'type' = $2) AND ($3::text IS NULL OR lower($3) = ANY(d.names))`;
    const filter = [committee ?? null, type ?? null, names ?? null];
    const [documents, counted] = await Promise.all([
      this.database.query<ListedDocument[]>(
        `SELECT d.content, d.changed_at AS "changedAt", d.proposals, d.names,
                (SELECT count(*)::int FROM draft_topic t WHERE t.reference = d.reference AND t.version = d.version) AS topics
           FROM committee_document d
          WHERE ${where} AND ($4::timestamptz IS NULL OR d.changed_at < $4 OR (d.changed_at = $4 AND (d.reference, d.version) < ($5, $6::int)))
          ORDER BY d.changed_at DESC, d.reference DESC, d.version DESC LIMIT $7`,
        [...filter, after?.at ?? null, after?.reference ?? null, after?.version ?? null, limit],
      ),
      this.database.query<{ total: number }[]>(
        `SELECT count(*)::int AS total FROM committee_document d WHERE ${where}`,
        filter,
      ),
    ]);
    return { documents, total: counted[0]!.total };
  }

  /** Returns the topics of all drafts. */
  topics(): Promise<DraftTopicEntity[]> {
    return this.database
      .getRepository(DraftTopicEntity)
      .find({ order: { reference: 'ASC', version: 'ASC', identifier: 'ASC' } });
  }

  /**
   * Returns the newest draft of a published call, if there is one but that from which it was published; null
   * for a call that is itself a draft.
   */
  async ofPublished(callId: string): Promise<DraftState | null> {
    const rows: StateRow[] = await this.database.query(
      `SELECT ${STATE}
         FROM draft_topic t JOIN committee_document d USING (reference, version) JOIN call c ON c.id = t.call_id
        WHERE t.call_id = $1 AND c.source_status <> 'draft'
          AND NOT EXISTS (SELECT 1 FROM draft_topic n WHERE n.reference = t.reference AND n.version > t.version)
          AND NOT EXISTS (SELECT 1 FROM call_version v WHERE v.call_id = c.id AND v.content->'draft'->>'reference' = t.reference)
        ORDER BY d.content->>'createdAt' DESC LIMIT 1`,
      [callId],
    );
    return rows.map(stateOf)[0] ?? null;
  }

  /** Returns all drafts of a call, oldest first. */
  async ofCall(callId: string): Promise<DraftState[]> {
    const rows: StateRow[] = await this.database.query(
      `SELECT ${STATE} FROM draft_topic t JOIN committee_document d USING (reference, version)
        WHERE t.call_id = $1 ORDER BY d.content->>'createdAt', t.version`,
      [callId],
    );
    return rows.map(stateOf);
  }

  /** Returns the newest version of a draft that was read, and what it has; null if none has a topic. */
  async newestOf(
    reference: string,
  ): Promise<(DraftPlace & { has: (identifier: string | null) => boolean }) | null> {
    const rows: StateRow[] = await this.database.query(
      `SELECT ${STATE} FROM draft_topic t JOIN committee_document d USING (reference, version)
        WHERE t.reference = $1 AND t.version = (SELECT max(version) FROM draft_topic WHERE reference = $1)`,
      [reference],
    );
    const identifiers = new Set(rows.map((r) => r.content.identifier?.toLowerCase()));
    return rows[0]
      ? { ...stateOf(rows[0]), has: (identifier) => identifiers.has(identifier?.toLowerCase()) }
      : null;
  }

  /** Returns the call that a topic of a draft went into, other than its own; null if it went into none. */
  async mergedInto(callId: string, reference: string, identifier: string): Promise<MergedInto | null> {
    const rows: MergedInto[] = await this.database.query(
      `SELECT c.id AS "callId", c.content->>'identifier' AS identifier, c.content->>'title' AS title
         FROM (SELECT t.call_id, t.version FROM draft_topic t WHERE t.reference = $2 AND lower(t.identifier) = lower($3)
               UNION ALL
               SELECT t.call_id, t.version FROM committee_document d CROSS JOIN jsonb_array_elements(d.differences) AS e
                 JOIN draft_topic t ON t.reference = d.reference AND t.version = d.version AND t.identifier = e->>'key'
                WHERE d.reference = $2 AND e->>'kind' = 'merged' AND e->'before' ? $3) into_call
         JOIN call c ON c.id = into_call.call_id
        WHERE c.id <> $1 ORDER BY into_call.version DESC LIMIT 1`,
      [callId, reference, identifier],
    );
    return rows[0] ?? null;
  }

  /** Returns what a call has said since then. */
  async contentsSince(callId: string, since: Date): Promise<CallContent[]> {
    const rows: { content: CallContent }[] = await this.database.query(
      'SELECT content FROM call_version WHERE call_id = $1 AND seen_at > $2',
      [callId, since],
    );
    return rows.map((r) => r.content);
  }

  /** Returns whether a call was ever a draft, and what its publisher first said of it since. */
  async publication(
    callId: string,
  ): Promise<{ was: boolean; published: { content: CallContent; seenAt: Date } | null }> {
    const rows: { draft: boolean; content: CallContent; seenAt: Date }[] = await this.database.query(
      `SELECT content->>'draft' IS NOT NULL AS draft, content, seen_at AS "seenAt" FROM call_version
        WHERE call_id = $1 AND EXISTS (SELECT 1 FROM draft_topic t WHERE t.call_id = $1) ORDER BY version`,
      [callId],
    );
    const first = rows.findIndex((r) => r.draft);
    return { was: first >= 0, published: (first >= 0 && rows.slice(first).find((r) => !r.draft)) || null };
  }

  async rewrite(
    topics: readonly Pick<DraftTopicEntity, 'reference' | 'version' | 'identifier' | 'content'>[],
  ): Promise<void> {
    await this.database.query(
      `UPDATE draft_topic t SET content = r.content FROM jsonb_to_recordset($1) AS r(reference text, version int, identifier text, content jsonb)
        WHERE t.reference = r.reference AND t.version = r.version AND t.identifier = r.identifier`,
      [JSON.stringify(topics)],
    );
  }

  /**
   * Lets the next run ask for the files of all legal acts again, and returns how many documents that are:
   * decisions are not kept as drafts are, and an earlier parser may have found nothing in a draft.
   */
  async askAgain(): Promise<number> {
    const { affected } = await this.database
      .createQueryBuilder()
      .update(CommitteeDocumentEntity)
      .set({ readAsOf: null })
      .where(`content->>'type' = 'D' AND read_as_of IS NOT NULL`)
      .execute();
    return affected ?? 0;
  }

  /** Returns the published topics that these drafts are about: the same ones, and others of their calls. */
  published(topics: readonly Pick<DraftTopicEntity, 'content'>[]): Promise<PublishedTopic[]> {
    return this.database.query(PUBLISHED_TOPICS, publishedParameters(topics));
  }
}

/** What an accepted run read in a register of committees. */
export interface ReadRegister {
  documents: CommitteeDocument[];
  /** Its files that were read, with the topics after our rules. */
  files: { document: string; id: number; topics: SeenCall[]; proposals: AwardedProposal[] }[];
}

const filesIn = ({ files = [] }: CommitteeDocument): string[] => files.map((f) => f.name);

/** Returns what people would see differ in a document that is updated. */
function changesBetween(before: CommitteeDocument, after: CommitteeDocument, at: string): DocumentChange[] {
  const changes: DocumentChange[] = [
    { at, field: 'title', from: before.title, to: after.title },
    { at, field: 'meetingEnds', from: before.meetingEnds, to: after.meetingEnds },
    // Before its own page is read there is nothing to compare its files with.
    ...(before.files ? [{ at, field: 'files' as const, from: filesIn(before), to: filesIn(after) }] : []),
  ];
  return changes.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** Whether everything was read that a document says: its files' names and, of a legal act, its Word files. */
function isRead(document: CommitteeDocument, files: ReadRegister['files']): boolean {
  if (!document.files) return false;
  const read = new Set(files.filter((f) => f.document === documentKey(document)).map((f) => f.id));
  return !isLegalAct(document) || document.files.every((f) => !/\.docx$/i.test(f.name) || read.has(f.id));
}

async function writeDocuments(
  tx: EntityManager,
  { documents, files }: ReadRegister,
  now: Date,
): Promise<void> {
  const table = tx.getRepository(CommitteeDocumentEntity);
  const before = new Map((await table.find()).map((row) => [documentKey(row), row]));
  for (const document of documents) {
    const key = documentKey(document);
    const old = before.get(key);
    const content = { ...document, files: document.files ?? old?.content.files };
    const changes = old ? changesBetween(old.content, content, now.toISOString()) : [];
    const read = isRead(document, files);
    if (old && !changes.length && !read && old.content.updatedAt === content.updatedAt) continue;
    const proposals = read
      ? files.filter((f) => f.document === key).flatMap((f) => f.proposals)
      : (old?.proposals ?? []);
    await table.save({
      ...(old ?? {
        ...document,
        firstSeenAt: now,
        changes: [],
        differences: [],
        readAsOf: null,
      }),
      reference: document.reference,
      version: document.version,
      content,
      changedAt: !old || changes.length ? now : old.changedAt,
      changes: [...(old?.changes ?? []), ...changes],
      proposals,
      names: namesIn(document, proposals),
      ...(read && { readAsOf: document.updatedAt }),
    });
  }
}

const placeOf = (document: string): { reference: string; version: number } => {
  const [reference = '', version] = document.split('/');
  return { reference, version: Number(version) };
};

/** Stores the topics of drafts that were read, and how each differs from the version before. */
async function writeTopics(tx: EntityManager, { documents, files }: ReadRegister, now: Date): Promise<void> {
  const read = new Set(documents.filter((d) => isRead(d, files)).map(documentKey));
  // A document may have several files, and a topic may stand in two of them, with its changes marked in one.
  const drafts = [...grouped(files, (f) => (f.topics.length ? [f.document] : []))]
    .map(([document, of]) => ({
      ...placeOf(document),
      topics: [
        ...new Map(of.flatMap((f) => f.topics).map((t) => [t.content.identifier!.toLowerCase(), t])).values(),
      ],
    }))
    .sort((a, b) => a.version - b.version);
  for (const { reference, version, topics } of drafts) {
    const stored = new Map(
      (await tx.findBy(DraftTopicEntity, { reference, version })).map((t) => [t.identifier, t]),
    );
    const whole = read.has(documentKey({ reference, version }));
    // Without all of its files, what an earlier state had besides may still stand there.
    if (whole) await tx.delete(DraftTopicEntity, { reference, version });
    const rows = topics.map(({ content, documentHash }) => ({
      reference,
      version,
      identifier: content.identifier!,
      content,
      documentHash,
      seenAt: stored.get(content.identifier!)?.seenAt ?? now,
      callId: stored.get(content.identifier!)?.callId ?? null,
    }));
    await tx.upsert(DraftTopicEntity, rows, ['reference', 'version', 'identifier']);
    const before = await topicsBefore(tx, reference, version);
    const earlier = whole ? before : inReadFiles(before, rows);
    if (!earlier.length) continue;
    const differences = differencesOf(
      earlier.map((t) => t.content),
      rows.map((t) => t.content),
    );
    await noteDifferences(tx, { reference, version }, differences);
    await renumber(tx, earlier, rows);
  }
}

const noteDifferences = (
  tx: EntityManager,
  { reference, version }: { reference: string; version: number },
  differences: DraftDifference[],
): Promise<unknown> =>
  tx.query('UPDATE committee_document SET differences = $3 WHERE reference = $1 AND version = $2', [
    reference,
    version,
    JSON.stringify(differences),
  ]);

/** Returns the topics of the newest version before this one that has any. */
async function topicsBefore(
  tx: EntityManager,
  reference: string,
  version: number,
): Promise<DraftTopicEntity[]> {
  const rows = await tx.findBy(DraftTopicEntity, { reference });
  const last = Math.max(...rows.map((r) => r.version).filter((v) => v < version));
  return rows.filter((r) => r.version === last);
}

/**
 * Returns the topics of those earlier files of which some topic was read now. What stood with none of them
 * may stand in a file that could not be read.
 */
function inReadFiles(
  before: DraftTopicEntity[],
  now: Pick<DraftTopicEntity, 'identifier'>[],
): DraftTopicEntity[] {
  const identifiers = new Set(now.map((t) => t.identifier.toLowerCase()));
  const files = new Set(
    before.filter((t) => identifiers.has(t.identifier.toLowerCase())).map((t) => t.documentHash),
  );
  return before.filter((t) => files.has(t.documentHash));
}

/** A topic that has another identifier now, or writes it in another case, goes on as the same call. */
async function renumber(
  tx: EntityManager,
  before: DraftTopicEntity[],
  after: Pick<DraftTopicEntity, 'content'>[],
): Promise<void> {
  const { same, renumbered } = paired(
    before.map((t) => t.content),
    after.map((t) => t.content),
  );
  for (const { before: a, after: b } of [...same, ...renumbered].filter(
    (pair) => sourceRecordKey(pair.before) !== sourceRecordKey(pair.after),
  ))
    await tx.query(
      'UPDATE source_record SET key = $2 WHERE key = $1 AND NOT EXISTS (SELECT 1 FROM source_record o WHERE o.source_id = source_record.source_id AND o.key = $2)',
      [sourceRecordKey(a), sourceRecordKey(b)],
    );
}

/** A topic in the newest version of the newest document that has it. */
type CurrentTopic = Pick<
  DraftTopicEntity,
  'reference' | 'version' | 'identifier' | 'content' | 'documentHash'
> & { createdAt: string };

/**
 * Selects the topics of the newest version of each document; one that several documents have is the newest's.
 */
const CURRENT_TOPICS = `SELECT DISTINCT ON (lower(t.identifier)) t.reference, t.version, t.identifier, t.content, t.document_hash AS "documentHash", d.content->>'createdAt' AS "createdAt"
    FROM draft_topic t JOIN committee_document d USING (reference, version)
   WHERE NOT EXISTS (SELECT 1 FROM draft_topic n WHERE n.reference = t.reference AND n.version > t.version)
   ORDER BY lower(t.identifier), d.content->>'createdAt' DESC, t.version DESC`;

/** A call that is no draft, with an identifier. */
interface PublishedTopic {
  id: string;
  content: CallContent;
}

/** Selects published calls that have one of these identifiers, or belong to a call with one of these. */
const PUBLISHED_TOPICS = `SELECT c.id, c.content FROM call c
   WHERE c.source_status <> 'draft' AND c.content->>'kind' = 'grant' AND c.content->>'identifier' IS NOT NULL
     AND (c.identity_keys && $1 OR lower(c.summary->>'callIdentifier') = ANY($2))`;

const lower = (text: string | null): string[] => (text ? [text.toLowerCase()] : []);

const publishedParameters = (topics: readonly Pick<CurrentTopic, 'content'>[]): [string[], string[]] => [
  topics.flatMap(({ content }) => lower(content.identifier).map((id) => `identifier ${id}`)),
  [...new Set(topics.flatMap(({ content }) => lower(content.callIdentifier)))],
];

/**
 * Stores what was read, and returns the calls of this source: the topics of current drafts that are published
 * nowhere. Each topic is linked with the call that it is.
 */
export async function writeRegister(tx: EntityManager, read: ReadRegister, now: Date): Promise<SeenCall[]> {
  await writeDocuments(tx, read, now);
  await writeTopics(tx, read, now);
  const current: CurrentTopic[] = await tx.query(CURRENT_TOPICS);
  if (!current.length) return [];
  const published: PublishedTopic[] = await tx.query(PUBLISHED_TOPICS, publishedParameters(current));
  const idOf = new Map(published.map((c) => [c.content, c.id]));
  const { same, renumbered, merged } = paired(
    current.map((t) => t.content),
    published.map((c) => c.content),
  );
  const became = new Map([...same, ...renumbered, ...merged].map((p) => [p.before, idOf.get(p.after)!]));
  const rows = current.map(({ reference, version, identifier, content }) => ({
    reference,
    version,
    identifier,
    call: became.get(content) ?? null,
  }));
  await tx.query(
    `UPDATE draft_topic t SET call_id = r.call FROM jsonb_to_recordset($1) AS r(reference text, version int, identifier text, call uuid)
      WHERE t.reference = r.reference AND t.version = r.version AND t.identifier = r.identifier AND r.call IS DISTINCT FROM t.call_id AND r.call IS NOT NULL`,
    [JSON.stringify(rows)],
  );
  return current
    .filter(({ content }) => !became.has(content))
    .map(({ content, reference, version, createdAt, documentHash }) => {
      const draft = { reference, version, day: brusselsDate(new Date(createdAt)) };
      const told = { ...content, draft, url: documentPage(documentKey(draft)) };
      return { key: sourceRecordKey(content), content: told, hash: contentHash(told), documentHash };
    });
}

/** Returns the topics of documents of which some file could not be read yet: none of them is dropped. */
export async function unreadTopics(tx: EntityManager, { documents }: ReadRegister): Promise<string[]> {
  const rows: { identifier: string }[] = await tx.query(
    `SELECT DISTINCT t.identifier FROM draft_topic t JOIN committee_document d ON d.reference = t.reference AND d.version >= t.version
      WHERE concat(d.reference, '/', d.version) = ANY($1) AND d.read_as_of IS DISTINCT FROM d.content->>'updatedAt'`,
    [documents.filter(isLegalAct).map(documentKey)],
  );
  return rows.map((r) => r.identifier);
}

/** Links the topics of current drafts with the calls that this source has made of them. */
export async function linkDrafts(tx: EntityManager, sourceId: string): Promise<void> {
  await tx.query(
    `UPDATE draft_topic t SET call_id = s.call_id FROM source_record s
      WHERE s.source_id = $1 AND s.gone_at IS NULL AND lower(s.summary->>'identifier') = lower(t.identifier) AND t.call_id IS NULL`,
    [sourceId],
  );
}
