import { Injectable } from '@nestjs/common';
import { ArrayOverlap, DataSource, type EntityManager } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import {
  type AwardedProposal,
  type CommitteeDocument,
  documentKey,
} from '../../domain/drafts/committee-document.js';
import type { DraftPlace, DraftState, MergedInto } from '../../domain/drafts/draft-history.js';
import { CommitteeDocumentEntity } from './committee-document.entity.js';
import { DraftTopicEntity } from './draft-topic.entity.js';
import { PUBLISHED_TOPICS, publishedParameters, type PublishedTopic } from './draft-writer.js';

export interface ListedDocument {
  content: CommitteeDocument;
  changedAt: Date;
  topics: number;
  proposals: AwardedProposal[];
  names: string[];
}

export interface DocumentFilter {
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
