import type { EntityManager } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../../../calls/domain/versions/identity.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import type { SeenCall } from '../../domain/findings.js';
import {
  type AwardedProposal,
  type CommitteeDocument,
  documentKey,
  documentPage,
  isLegalAct,
} from '../../domain/drafts/committee-document.js';
import { namesIn } from '../../domain/drafts/award.js';
import { type DraftDifference, differencesOf, paired } from '../../domain/drafts/draft-difference.js';
import { CommitteeDocumentEntity, type DocumentChange } from './committee-document.entity.js';
import { DraftTopicEntity } from './draft-topic.entity.js';

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
async function writeTopics(tx: EntityManager, { files }: ReadRegister, now: Date): Promise<void> {
  const drafts = files
    .filter((f) => f.topics.length)
    .map((f) => ({ ...f, ...placeOf(f.document) }))
    .sort((a, b) => a.version - b.version);
  for (const { reference, version, topics } of drafts) {
    const before = new Map(
      (await tx.findBy(DraftTopicEntity, { reference, version })).map((t) => [t.identifier, t]),
    );
    await tx.delete(DraftTopicEntity, { reference, version });
    const rows = topics.map(({ content, documentHash }) => ({
      reference,
      version,
      identifier: content.identifier!,
      content,
      documentHash,
      seenAt: before.get(content.identifier!)?.seenAt ?? now,
      callId: before.get(content.identifier!)?.callId ?? null,
    }));
    await tx.insert(DraftTopicEntity, rows);
    const earlier = await topicsBefore(tx, reference, version);
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

/** A topic that has another identifier now goes on as the same call. */
async function renumber(
  tx: EntityManager,
  before: DraftTopicEntity[],
  after: Pick<DraftTopicEntity, 'content'>[],
): Promise<void> {
  const pairs = paired(
    before.map((t) => t.content),
    after.map((t) => t.content),
  ).renumbered;
  for (const { before: a, after: b } of pairs)
    await tx.query(
      'UPDATE source_record SET key = $2 WHERE key = $1 AND NOT EXISTS (SELECT 1 FROM source_record o WHERE o.source_id = source_record.source_id AND o.key = $2)',
      [sourceRecordKey(a), sourceRecordKey(b)],
    );
}

/** A topic in the newest version of the newest document that has it. */
export type CurrentTopic = Pick<
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
export interface PublishedTopic {
  id: string;
  content: CallContent;
}

/** Selects published calls that have one of these identifiers, or belong to a call with one of these. */
export const PUBLISHED_TOPICS = `SELECT c.id, c.content FROM call c
   WHERE c.source_status <> 'draft' AND c.content->>'kind' = 'grant' AND c.content->>'identifier' IS NOT NULL
     AND (c.identity_keys && $1 OR lower(c.summary->>'callIdentifier') = ANY($2))`;

const lower = (text: string | null): string[] => (text ? [text.toLowerCase()] : []);

export const publishedParameters = (
  topics: readonly Pick<CurrentTopic, 'content'>[],
): [string[], string[]] => [
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

/** Links the topics of current drafts with the calls that this source has made of them. */
export async function linkDrafts(tx: EntityManager, sourceId: string): Promise<void> {
  await tx.query(
    `UPDATE draft_topic t SET call_id = s.call_id FROM source_record s
      WHERE s.source_id = $1 AND s.gone_at IS NULL AND lower(s.summary->>'identifier') = lower(t.identifier) AND t.call_id IS NULL`,
    [sourceId],
  );
}
