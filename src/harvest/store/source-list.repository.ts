import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, In, type EntityManager } from 'typeorm';
import { canonicalJson } from '../../kernel/hash.js';
import type { ListedTopic, ParsedList } from '../domain/list.js';
import type { SourceRequest } from '../domain/source.js';
import type { Shown } from '../domain/list-against-search.js';
import { addRequests, HarvestRunEntity } from './run.repository.js';
import { ListedTopicEntity, type ListState, SourceEntity, SourceListEntity } from './source.repository.js';

/** What is stored of a list that was read: its topics, its validators and its hash. */
export interface ReadList {
  list: ParsedList;
  etag: string | null;
  lastModified: string | null;
  hash: string;
}

/** The topics on the pages to compare with the list: those still to come too, or only those in the list. */
export type Compared = 'all' | 'listed';

const changed = (before: ListedTopicEntity | undefined, topic: ListedTopic): boolean =>
  !before || before.droppedAt !== null || canonicalJson(before.topic) !== canonicalJson(topic);

/** Returns the references of unreadable items, not of topics with unreadable notes only. */
function unreadIn({ living, unread }: ParsedList): string[] {
  const read = new Set(living.map((t) => t.reference));
  return [
    ...new Set(
      unread.flatMap(({ reference }) => (reference !== null && !read.has(reference) ? [reference] : [])),
    ),
  ];
}

/** The sources' own lists: their state, and the topics they show. */
@Injectable()
export class SourceListRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SourceListEntity);
  }

  /** Inserts a row for each source without one, due at once. */
  async ensure(sourceIds: string[], now: Date): Promise<void> {
    if (sourceIds.length)
      await this.table
        .createQueryBuilder()
        .insert()
        .values(sourceIds.map((sourceId) => ({ sourceId, dueAt: now })))
        .orIgnore()
        .execute();
  }

  findBySource(sourceId: string): Promise<SourceListEntity | null> {
    return this.table.findOneBy({ sourceId });
  }

  /**
   * Returns the due lists among these: not before their source was first read, or refused, since it decides
   * what they lack.
   */
  async due(sourceIds: string[], now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT l.source_id AS id FROM source_list l JOIN source s ON s.id = l.source_id
        WHERE l.source_id = ANY($1) AND l.due_at <= $2 AND (s.last_good_run_at IS NOT NULL OR s.failures > 0)
          AND NOT EXISTS (SELECT 1 FROM harvest_run r WHERE r.source_id = s.id AND r.ended_at IS NULL AND r.kind = 'full') ORDER BY l.source_id`,
      [sourceIds, now],
    );
    return rows.map((r) => r.id);
  }

  /** Returns the sources whose topics are due to be read one by one. */
  async detailsDue(sourceIds: string[], now: Date): Promise<string[]> {
    const rows = await this.table
      .createQueryBuilder('l')
      .where('l.source_id = ANY(:sourceIds) AND l.details_due_at <= :now', { sourceIds, now })
      .getMany();
    return rows.map((r) => r.sourceId);
  }

  /** Returns the topics that the list shows now, and those it showed before. */
  topics(sourceId: string): Promise<ListedTopicEntity[]> {
    return this.database
      .getRepository(ListedTopicEntity)
      .find({ where: { sourceId }, order: { reference: 'ASC' } });
  }

  async take(
    sourceId: string,
    { list, etag, lastModified, hash }: ReadList,
    next: Date,
    now: Date,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.findOneOrFail(SourceListEntity, {
        where: { sourceId },
        lock: { mode: 'pessimistic_write' },
      });
      await this.putTopics(tx, sourceId, list, now);
      const counts = {
        items: list.items,
        topics: list.topics,
        living: list.living.length,
        unread: list.unread.length,
        unreadWhy: list.unread[0]?.why ?? null,
        unreadReferences: unreadIn(list),
      };
      const good = {
        state: 'good' as const,
        reason: null,
        failures: 0,
        dueAt: next,
        firstReadAt: row.firstReadAt ?? now,
        readAt: now,
        detailsDueAt: now,
      };
      await tx.update(SourceListEntity, { sourceId }, { ...good, etag, lastModified, hash, counts });
    });
  }

  /** The list is unchanged: equivalent to having read it. */
  async still(sourceId: string, next: Date, now: Date): Promise<void> {
    await this.table.update(
      { sourceId },
      { state: 'good', reason: null, failures: 0, dueAt: next, readAt: now, detailsDueAt: now },
    );
  }

  /**
   * Starts reading these topics of a source's own list one by one, and records that; not if a run of the
   * source is under way, which goes first. Returns the id of the new run.
   */
  async beginDetails(sourceId: string, requests: SourceRequest[], now: Date): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const id = randomUUID();
      const fresh = { id, sourceId, state: 'reading' as const, startedAt: now, kind: 'details' as const };
      const inserted = await tx
        .createQueryBuilder()
        .insert()
        .into(HarvestRunEntity)
        .values(fresh)
        .orIgnore()
        .returning('id')
        .execute();
      if ((inserted.raw as unknown[]).length !== 1) return null;
      await addRequests(tx, id, 1, requests);
      await tx.update(SourceListEntity, { sourceId }, { detailsDueAt: null });
      return id;
    });
  }

  /**
   * Records an unsuccessful reading: the stored topics are kept, and so is the list's state if the reading
   * says nothing about it. `pauseMs` gets the number of failures before it.
   */
  async inVain(
    sourceId: string,
    said: { state: ListState; reason: string } | null,
    pauseMs: (failures: number) => number,
    now: Date,
  ): Promise<void> {
    const { failures } = await this.table.findOneByOrFail({ sourceId });
    await this.table.update(
      { sourceId },
      { ...said, failures: failures + 1, dueAt: new Date(now.getTime() + pauseMs(failures)) },
    );
  }

  /** Returns when the source's pages were last read successfully, in milliseconds; 0 if never. */
  async pagesReadAt(sourceId: string): Promise<number> {
    return (
      (
        await this.database.getRepository(SourceEntity).findOneBy({ id: sourceId })
      )?.lastGoodRunAt?.getTime() ?? 0
    );
  }

  /**
   * Returns the topics last shown on the source's pages, whether they still are, and their content: those
   * that are also in the list, and those still to come (not with `listed`). Topics that only the list has are
   * not included.
   */
  async shown(sourceId: string, now: Date, which: Compared = 'all'): Promise<Shown[]> {
    const toCome =
      which === 'all' ? 'OR (s.missing_since IS NULL AND coalesce(c.last_deadline_at > $2, true))' : '';
    return this.database.query(
      // A summary is decompressed once, not once per field.
      `SELECT said.reference, said."sourceStatus" AS status, coalesce((SELECT jsonb_agg(d->>'at') FROM jsonb_array_elements(said.deadlines) d), '[]') AS deadlines,
              c.first_seen_at AS "firstSeenAt", s.changed_at AS "changedAt", s.missing_since AS "missingSince", coalesce(c.last_deadline_at <= $2, false) AS "isOver"
         FROM source_record s JOIN call c ON c.id = s.call_id
         LEFT JOIN listed_topic t ON t.source_id = $1 AND t.reference = split_part(s.key, '/', 2)
        CROSS JOIN LATERAL jsonb_to_record(s.summary) AS said(reference text, "sourceStatus" text, kind text, deadlines jsonb)
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND s.evidence = 'harvest' AND (t.reference IS NOT NULL ${toCome})
          AND said.kind = 'grant' ORDER BY s.key`,
      [sourceId, now],
    );
  }

  /** Returns each topic's call, by its source record's key, and its title or that in the list. */
  async names(
    sourceId: string,
    references: string[],
  ): Promise<Map<string, { callId: string | null; title: string | null; language: string }>> {
    const rows: { reference: string; callId: string | null; title: string | null; language: string }[] =
      references.length === 0
        ? []
        : await this.database.query(
            `SELECT DISTINCT ON (r.reference) r.reference, c.id AS "callId", coalesce(c.summary->>'title', t.topic->>'title') AS title, coalesce(c.summary->>'language', 'en') AS language
         FROM unnest($2::text[]) AS r(reference)
         LEFT JOIN source_record s ON s.source_id = $1 AND split_part(s.key, '/', 2) = r.reference
         LEFT JOIN call c ON c.id = s.call_id
         LEFT JOIN listed_topic t ON t.source_id = $1 AND t.reference = r.reference ORDER BY r.reference, s.leads DESC NULLS LAST, s.key`,
            [sourceId, references],
          );
    return new Map(rows.map(({ reference, ...name }) => [reference, name]));
  }

  /** An unreadable item still exists: its last readable version is kept. */
  private async putTopics(tx: EntityManager, sourceId: string, list: ParsedList, now: Date): Promise<void> {
    const before = new Map((await tx.findBy(ListedTopicEntity, { sourceId })).map((t) => [t.reference, t]));
    const listed = new Set([...list.living.map((t) => t.reference), ...unreadIn(list)]);
    const rows = list.living
      .filter((topic) => changed(before.get(topic.reference), topic))
      .map((topic) => ({
        sourceId,
        reference: topic.reference,
        topic,
        firstListedAt: before.get(topic.reference)?.firstListedAt ?? now,
        changedAt: now,
        droppedAt: null,
      }));
    if (rows.length) await tx.upsert(ListedTopicEntity, rows, ['sourceId', 'reference']);
    const dropped = [...before.values()]
      .filter((t) => t.droppedAt === null && !listed.has(t.reference))
      .map((t) => t.reference);
    if (dropped.length)
      await tx.update(
        ListedTopicEntity,
        { sourceId, reference: In(dropped) },
        { droppedAt: now, changedAt: now },
      );
  }
}
