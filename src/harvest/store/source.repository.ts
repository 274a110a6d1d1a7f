import { Column, DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { CheckResult } from '../domain/check.js';
import type { ListedTopic } from '../domain/list.js';
import { SOURCE_TROUBLES } from '../../calls/domain/facts/call-facts.js';
import type { QuickCheckTarget } from '../domain/source.js';
import { type Knowledge, sourceSubject, UNKNOWN } from '../../monitoring/domain/alarm-words.js';
import {
  type SourceKnowledge,
  type AlarmEntity,
  MonitorStates,
} from '../../monitoring/store/alarm.repository.js';
import type { Past } from '../domain/scan-agreement.js';
import type { Evidence } from '../domain/findings.js';
import type { Foreseen, Published } from '../domain/lag.js';
import type { Field, Silent } from '../domain/lost-fields.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { HOUR_MS } from '../../kernel/durations.js';

/** When a source's form is next checked, and the results of the last check. */
@Entity('source_check')
export class SourceCheckEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** When it was last checked, whether or not it answered; null before the first check. */
  @Column('timestamptz', { nullable: true, name: 'asked_at' }) askedAt: Date | null;
  /** The time of the results. */
  @Column('timestamptz', { nullable: true, name: 'answered_at' }) answeredAt: Date | null;
  @Column('jsonb', { nullable: true }) results: CheckResult[] | null;
  /** Why it did not answer the last time; null if it did. */
  @Column('text', { nullable: true }) reason: string | null;
}

/** `good`: its content is known. The others say why the last reading was rejected or failed. */
export const LIST_STATES = ['new', 'good', 'doubtful', 'broken', 'refused', 'unreachable'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** The number of items of every kind, of topics including closed ones, and of forthcoming or open ones. */
interface ListCounts {
  items: number;
  topics: number;
  living: number;
  unread: number;
  unreadWhy: string | null;
  /**
   * The known references of unreadable items: these items exist. Absent in lists read before this field
   * existed.
   */
  unreadReferences?: string[];
}

/** The state of a source's own list. Its failures affect no harvest, and make no call missing. */
@Entity('source_list')
export class SourceListEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('text', { default: 'new' }) state: ListState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  @Column('timestamptz', { name: 'first_read_at', nullable: true }) firstReadAt: Date | null;
  /** The time as of which its topics are known. */
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
  /** Unsuccessful readings in a row; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  /** SHA-256 of the bytes that its topics were read from. */
  @Column('text', { nullable: true }) hash: string | null;
  @Column('jsonb', { nullable: true }) counts: ListCounts | null;
  /** When topics that only the list has are next read one by one; null if done. */
  @Column('timestamptz', { name: 'details_due_at', nullable: true }) detailsDueAt: Date | null;
}

/** A topic that a source's own list showed as forthcoming or open. */
@Entity('listed_topic')
export class ListedTopicEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text') reference: string;
  @Column('jsonb') topic: ListedTopic;
  @Column('timestamptz', { name: 'first_listed_at' }) firstListedAt: Date;
  /** When its entry in the list last changed. */
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /** Since when the list no longer shows it, or shows it as closed. */
  @Column('timestamptz', { name: 'dropped_at', nullable: true }) droppedAt: Date | null;
}

export const SOURCE_STATES = ['new', 'healthy', ...SOURCE_TROUBLES, 'quiet'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** The state of a source after its runs, and when it is due again. */
@Entity('source')
export class SourceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { default: 'new' }) state: SourceState;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { nullable: true, name: 'last_run_at' }) lastRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'last_good_run_at' }) lastGoodRunAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'due_at' }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true, name: 'state_since' }) stateSince: Date | null;
  /** When the calls checked more often are due for the next quick check. */
  @Column('timestamptz', { nullable: true, name: 'quick_check_due_at' }) quickCheckDueAt: Date | null;
  /** The day from which its official notes are read: earlier ones are no news. */
  @Column('date', { nullable: true, name: 'notes_from' }) notesFrom: string | null;
  /** Names of its programmes by code, as last received. */
  @Column('jsonb', { nullable: true, name: 'programme_names' }) programmeNames: Record<string, string> | null;
  /** Unsuccessful runs in a row; the pause before the next one grows with it. */
  @Column('integer', { default: 0 }) failures: number;
}

/** The state of each source. */
@Injectable()
export class SourceRepository implements SourceKnowledge {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SourceEntity);
  }

  /** Inserts a row for each source without one, due at once. */
  async ensure(ids: string[], now: Date): Promise<void> {
    await this.table
      .createQueryBuilder()
      .insert()
      .values(ids.map((id) => ({ id, dueAt: now })))
      .orIgnore()
      .execute();
  }

  all(): Promise<SourceEntity[]> {
    return this.table.find({ order: { id: 'ASC' } });
  }

  findById(id: string): Promise<SourceEntity | null> {
    return this.table.findOneBy({ id });
  }

  async nameProgrammes(id: string, programmeNames: Record<string, string>): Promise<void> {
    await this.table.update({ id }, { programmeNames });
  }

  /** Returns how many calls a source has ever shown. */
  async shownBy(id: string): Promise<number> {
    const rows: { n: number }[] = await this.database.query(
      'SELECT count(*)::int AS n FROM source_record WHERE source_id = $1',
      [id],
    );
    return rows[0]!.n;
  }

  /**
   * Returns the sources among these that are due for a quick check. A failing source is left alone until its
   * next full run.
   */
  async dueForQuickCheck(ids: string[], now: Date): Promise<string[]> {
    const due = await this.table
      .createQueryBuilder('s')
      .select('s.id')
      .where('s.id = ANY(:ids) AND s.quick_check_due_at <= :now AND s.due_at > :now AND s.failures = 0', {
        ids,
        now,
      })
      .getMany();
    return due.map((s) => s.id);
  }

  /** Postpones the next quick check if there is nothing to check. */
  async quickChecked(id: string, next: Date): Promise<void> {
    await this.table.update({ id }, { quickCheckDueAt: next });
  }

  /**
   * Returns the calls of a source that are checked more often: those with a deadline between now and `soon`,
   * and cascade calls that are not over.
   */
  async quickCheckTargets(id: string, now: Date, soon: Date): Promise<QuickCheckTarget[]> {
    return this.database.query(
      `SELECT s.summary->>'reference' AS reference, s.summary->>'url' AS url, s.summary->>'kind' AS kind,
              s.summary->>'identifier' AS identifier, s.summary->>'callIdentifier' AS "callIdentifier"
         FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND (
          (s.summary->>'kind' = 'cascade' AND (c.last_deadline_at IS NULL OR c.last_deadline_at > $2))
          OR EXISTS (SELECT 1 FROM jsonb_array_elements(s.summary->'deadlines') d WHERE (d->>'at')::timestamptz > $2 AND (d->>'at')::timestamptz <= $3))
        ORDER BY s.key`,
      [id, now, soon],
    );
  }

  /** Returns how many calls each source shows, and how many its last good run did not. */
  async counts(
    db: EntityManager = this.database.manager,
  ): Promise<Map<string, { calls: number; missing: number }>> {
    const rows: { id: string; calls: string; missing: string }[] = await db.query(
      `SELECT source_id AS id, count(*) FILTER (WHERE missing_since IS NULL) AS calls,
              count(*) FILTER (WHERE missing_since IS NOT NULL AND gone_at IS NULL) AS missing
         FROM source_record GROUP BY source_id`,
    );
    return new Map(rows.map((r) => [r.id, { calls: Number(r.calls), missing: Number(r.missing) }]));
  }

  async known(id: string, tx: EntityManager): Promise<Knowledge> {
    const source = await tx.findOneBy(SourceEntity, { id });
    const counts = await this.counts(tx);
    return { calls: counts.get(id)?.calls ?? 0, lastGoodRunAt: source?.lastGoodRunAt ?? null };
  }
}

/** The number of good runs that determine the size of a source. */
const RECENT = 5;

/** What a source's own runs suggest about the next one. */
@Injectable()
export class SourcePastRepository {
  constructor(private readonly database: DataSource) {}

  async findBySource(sourceId: string, now: Date): Promise<Past> {
    const sizes: { size: number }[] = await this.database.query(
      `SELECT (counts->>'calls')::int AS size FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted' ORDER BY ended_at DESC LIMIT ${RECENT}`,
      [sourceId],
    );
    const running: { n: number }[] = await this.database.query(
      `SELECT count(*)::int AS n FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND s.missing_since IS NULL AND (c.last_deadline_at IS NULL OR c.last_deadline_at > $2)`,
      [sourceId, now],
    );
    const refused: { at: Date; size: number }[] = await this.database.query(
      `SELECT ended_at AS at, (counts->>'calls')::int AS size FROM harvest_run
        WHERE source_id = $1 AND kind = 'full' AND state = 'rejected' AND counts IS NOT NULL
          AND ended_at > coalesce((SELECT max(ended_at) FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted'), '-infinity')
        ORDER BY ended_at DESC`,
      [sourceId],
    );
    return { sizes: sizes.map((s) => s.size), running: running[0]!.n, refused, now };
  }

  /** Returns how many of these calls are stored as shown by this evidence, and how many have each field. */
  async had(
    sourceId: string,
    evidence: Evidence,
    { keys, fields }: Silent,
  ): Promise<{ known: number; had: Partial<Record<Field, number>> }> {
    // Texts are unpacked only where they are asked for.
    const said = fields.map(
      (f) =>
        `'${f}', count(*) FILTER (WHERE coalesce(s.${f === 'sections' ? 'content' : 'summary'}->>'${f}', '[]') <> '[]')`,
    );
    const rows: { known: number; had: Partial<Record<Field, number>> }[] = await this.database.query(
      `SELECT count(*)::int AS known, jsonb_build_object(${said.join(', ')}) AS had FROM source_record s
        WHERE s.source_id = $1 AND s.evidence = $2 AND s.key = ANY($3) AND s.gone_at IS NULL`,
      [sourceId, evidence, keys],
    );
    return rows[0]!;
  }
}

/** When recent publications of a source were stored here, and when the first message about them was sent. */
@Injectable()
export class LagRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the new calls, and official notes on calls, seen since then whose publication date is stated.
   * Calls found when the source was first read are no news and not included. The reference is taken from the
   * source record's key: its content would have to be decompressed.
   */
  published(sourceId: string, since: Date): Promise<Published[]> {
    return acrossInstitutes('everybody is shown how soon the first message left, and not to whom', () =>
      this.database.query(
        `WITH news AS (
         SELECT v.call_id, v.version, v.seen_at, v.kinds, v.changes FROM call_version v WHERE v.seen_at > $2 AND v.source_id = $1 AND v.kinds && '{new,notice}'),
       published AS (
         SELECT n.call_id, n.version, n.seen_at, t.topic->>'publishedAt' AS published
           FROM news n JOIN source_record s ON s.call_id = n.call_id AND s.source_id = $1
           JOIN listed_topic t ON t.source_id = $1 AND t.reference = split_part(s.key, '/', 2)
          WHERE 'new' = ANY(n.kinds) AND t.topic->>'publishedAt' IS NOT NULL
         UNION ALL
         SELECT n.call_id, n.version, n.seen_at, c->'to'->>'day' FROM news n, jsonb_array_elements(n.changes) c WHERE c->>'kind' = 'notice')
       SELECT p.published, p.seen_at AS known,
              (SELECT min(m.sent_at) FROM notification_item n JOIN notification m ON m.id = n.notification_id AND m.state = 'sent'
                WHERE n.call_id = p.call_id AND n.kind IN ('call', 'change') AND n.version >= p.version) AS announced
         FROM published p`,
        [sourceId, since],
      ),
    );
  }

  /**
   * Returns the topics published in a period that had stood in a draft while no other source had them; null
   * leaves an end of it open.
   */
  foreseen({ from, to }: { from: Date | null; to: Date | null }): Promise<Foreseen[]> {
    return acrossInstitutes('everybody is shown how soon the first message left, and not to whom', () =>
      this.database.query(
        `SELECT f.drafted, f.seen, p.published,
                (SELECT min(m.sent_at) FROM notification_item n JOIN notification m ON m.id = n.notification_id AND m.state = 'sent'
                  WHERE n.call_id = p.id AND n.kind IN ('coming', 'draft')) AS told
           FROM (SELECT v.call_id AS id, min(v.seen_at) AS published FROM call_version v
                  WHERE v.content->>'draft' IS NULL AND EXISTS (SELECT 1 FROM call_version d WHERE d.call_id = v.call_id AND d.version < v.version AND d.content->>'draft' IS NOT NULL)
                  GROUP BY 1) p
           JOIN LATERAL (SELECT min(d.content->>'createdAt') AS drafted, min(t.seen_at) AS seen FROM draft_topic t JOIN committee_document d USING (reference, version)
                          WHERE t.call_id = p.id) f ON f.drafted IS NOT NULL
          WHERE ($1::timestamptz IS NULL OR p.published >= $1) AND ($2::timestamptz IS NULL OR p.published < $2)`,
        [from, to],
      ),
    );
  }
}

/** Until it is read once more, a source may fail again. An hour after that time it counts as well anyway. */
export const calmAfter = (dueAt: Date | null, now: Date): number =>
  (dueAt ?? now).getTime() - now.getTime() + HOUR_MS;

/** Reports the state of sources to the monitoring. */
@Injectable()
export class SourceObservation {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Reports a source's state as stored in the database. Its row is locked, as by every change: otherwise an
   * outdated state could be reported as the newest. A row being changed reports itself and is skipped.
   */
  async observeSource(id: string, now: Date): Promise<AlarmEntity | null> {
    // Most calls find nothing new. A lock would make a harvest that is due at this moment skip the source.
    if (!(await this.differs(id))) return null;
    return this.database.transaction(async (tx) => {
      const source = await tx.findOne(SourceEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      if (!source || source.state === UNKNOWN) return null;
      return this.monitors.observe(tx, {
        subject: sourceSubject(id),
        state: source.state,
        reason: source.reason,
        since: source.stateSince,
        calmMs: calmAfter(source.dueAt, now),
        now,
      });
    });
  }

  /** Whether a source that has been read is in another state than recorded. */
  private async differs(id: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      'SELECT s.id FROM source s LEFT JOIN monitor w ON w.subject = $2 WHERE s.id = $1 AND s.state <> $3 AND w.state IS DISTINCT FROM s.state',
      [id, sourceSubject(id), UNKNOWN],
    );
    return rows.length > 0;
  }
}
