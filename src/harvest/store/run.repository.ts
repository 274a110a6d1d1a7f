import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  ForeignKey,
  Index,
  IsNull,
  Not,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { QuickCheckTarget, SourceRequest } from '../domain/source.js';
import { SourceEntity, SourceListEntity, type SourceState, calmAfter } from './source.repository.js';
import { sourceSubject } from '../../monitoring/domain/alarm-words.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { DAY_MS } from '../../kernel/durations.js';
import { MonitorStates } from '../../monitoring/store/alarm.repository.js';

export type RunKind = 'full' | 'quick-check' | 'details';
export type RunState = 'reading' | 'judging' | 'accepted' | 'rejected' | 'failed';
export interface RunCounts {
  calls: number;
  new: number;
  changed: number;
  missing: number;
  /** Considered gone by this run. */
  gone: number;
  /** Rows that could not be read, and why the first could not. Absent in runs older than this field. */
  unread?: number;
  unreadWhy?: string | null;
  /** The source's own row count per part: if a quick check counts differently, the source is read again. */
  totals?: Record<string, number>;
  /** Questions that are no news and could not be read in full yet. */
  unreadOld?: string[];
  /** How it was read, for users, by name. */
  made?: Record<string, string>;
}

/** One harvest of a source. At most one per source is under way, enforced by the partial index below. */
@Entity('harvest_run')
@Index('harvest_run_one_under_way', ['sourceId'], { unique: true, where: 'ended_at IS NULL' })
@Index('harvest_run_last', ['sourceId', 'startedAt'])
export class HarvestRunEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('text') state: RunState;
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) reason: string | null;
  /**
   * Everything the source has, a quick check of some calls, or the topics that only its own list has, one by
   * one.
   */
  @Column('text', { default: 'full' }) kind: RunKind;
  /** The calls of a quick check. */
  @Column('jsonb', { nullable: true }) targets: QuickCheckTarget[] | null;
  /** What a source that is asked for topics is asked for in this run, chosen as it is planned. */
  @Column('text', { array: true, nullable: true }) topics: string[] | null;
  /** Set for a rejected run only if it was rejected because of its size. */
  @Column('jsonb', { nullable: true }) counts: RunCounts | null;
  /** Until when a host with a rate limit makes it wait. */
  @Column('timestamptz', { name: 'waits_until', nullable: true }) waitsUntil: Date | null;
}

/** A request planned by a run, and the document that answered it. */
@Entity('harvest_request')
@Index('harvest_request_key', ['runId', 'scan', 'key'], { unique: true })
export class HarvestRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => HarvestRunEntity, 'id', { name: 'harvest_request_run_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'run_id' })
  runId: string;
  @Column('integer') scan: 1 | 2;
  @Column('text') key: string;
  @Column('jsonb') request: SourceRequest;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** An answer that could not be read, and why: kept for an improved parser. */
  @Column('text', { name: 'rejected_hash', nullable: true }) rejectedHash: string | null;
  @Column('text', { name: 'rejected_why', nullable: true }) rejectedWhy: string | null;
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) fetchedAt: Date | null;
}

export function addRequests(
  tx: EntityManager,
  runId: string,
  scan: 1 | 2,
  requests: SourceRequest[],
): Promise<HarvestRequestEntity[]> {
  return tx.save(
    requests.map((request) =>
      tx.create(HarvestRequestEntity, { id: randomUUID(), runId, scan, key: request.key, request }),
    ),
  );
}

interface GoodRun {
  source: { id: string; quietAfterDays: number };
  kind: RunKind;
  now: Date;
  next: { dueAt: Date; quickCheckAt: Date; detailsAgain?: boolean };
  noted?: Pick<RunCounts, 'totals'>;
  /** Of a register of committees. */
  register?: unknown;
}

/** The number of failures in a row on our side, about an hour's worth, that are no accident any more. */
const PATIENCE = 12;
const WELL: SourceState[] = ['new', 'healthy', 'quiet'];

/**
 * Sets a source's state, which raises an alarm if it changed; the time since when it has that state is kept
 * if it did not.
 */
async function putState(
  tx: EntityManager,
  monitors: MonitorStates,
  id: string,
  state: SourceState,
  reason: string | null,
  now: Date,
  { since = null, dueAt }: { since?: Date | null; dueAt: Date },
): Promise<void> {
  await tx.query(
    'UPDATE source SET state_since = CASE WHEN state = $2 THEN coalesce(state_since, $4) ELSE $4 END, state = $2, reason = $3 WHERE id = $1',
    [id, state, reason, now],
  );
  const calmMs = calmAfter(dueAt, now);
  await monitors.observe(tx, { subject: sourceSubject(id), state, reason, since, calmMs, now });
}

/**
 * Returns when the source last had something new, whether or not its calls follow another source's. A gone
 * call does not count. In a register every document does, whether or not it is a draft.
 */
async function lastNews(tx: EntityManager, sourceId: string, isRegister: boolean): Promise<Date | null> {
  const rows: { at: Date | null }[] = await tx.query(
    `SELECT greatest((SELECT max(changed_at) FROM source_record WHERE source_id = $1),
        (SELECT max(changed_at) FROM committee_document WHERE $2)) AS at`,
    [sourceId, isRegister],
  );
  return rows[0]!.at;
}

/**
 * A source that gets more requests per day than this is not read ahead of schedule. It also has to serve the
 * other readings of the day.
 */
const MOST_REQUESTS_A_DAY = 400;

/** Schedules a source at once if its counts differ from its last full run: calls were added or removed. */
async function hasten(
  tx: EntityManager,
  sourceId: string,
  totals: Record<string, number>,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE source SET due_at = least(due_at, $3) WHERE id = $1
        AND EXISTS (SELECT 1 FROM jsonb_each($2::jsonb) AS now JOIN jsonb_each(
              (SELECT counts->'totals' FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted' ORDER BY ended_at DESC LIMIT 1)) AS before USING (key)
            WHERE now.value <> before.value)
        AND (SELECT count(*) FROM harvest_request q JOIN harvest_run r ON r.id = q.run_id WHERE r.source_id = $1 AND q.fetched_at > $3::timestamptz - interval '1 day') < ${MOST_REQUESTS_A_DAY}`,
    [sourceId, JSON.stringify(totals), now],
  );
}

/**
 * Updates a source after a good run: healthy, or quiet if nothing was new for longer than is usual for it.
 */
export async function afterGoodRun(
  tx: EntityManager,
  monitors: MonitorStates,
  { source, kind, now, next, noted, register }: GoodRun,
): Promise<void> {
  if (kind === 'details') {
    if (next.detailsAgain)
      await tx.update(SourceListEntity, { sourceId: source.id }, { detailsDueAt: next.quickCheckAt });
    return;
  }
  await tx.update(SourceEntity, { id: source.id }, { quickCheckDueAt: next.quickCheckAt });
  await monitors.confirm(tx, sourceSubject(source.id), now);
  if (kind === 'quick-check') return hasten(tx, source.id, noted?.totals ?? {}, now);
  const since = await lastNews(tx, source.id, register !== undefined);
  const quiet = since !== null && now.getTime() - since.getTime() > source.quietAfterDays * DAY_MS;
  const reason = quiet
    ? `it answers, but nothing in it is new or changed since ${brusselsDate(since)}`
    : null;
  await tx.update(
    SourceEntity,
    { id: source.id },
    { lastRunAt: now, lastGoodRunAt: now, dueAt: next.dueAt, failures: 0 },
  );
  // Comes last: the report of the state says when the source was last read.
  const state = quiet ? 'quiet' : 'healthy';
  await putState(tx, monitors, source.id, state, reason, now, { since, dueAt: next.dueAt });
}

/**
 * A failure on our side says nothing about a source; but if run after run fails, our data gets old, and that
 * must be reported.
 */
async function unsaid(
  tx: EntityManager,
  { id, state }: SourceEntity,
): Promise<{ state: SourceState; since: Date } | null> {
  if (!WELL.includes(state)) return null;
  const rows: { n: number; since: Date }[] = await tx.query(
    `SELECT count(*)::int AS n, min(ended_at) AS since FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'failed' AND ended_at > coalesce(
       (SELECT max(ended_at) FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state IN ('accepted', 'rejected')), '-infinity')`,
    [id],
  );
  const { n, since } = rows[0]!;
  return n >= PATIENCE ? { state: 'doubtful', since } : null;
}

/**
 * Updates a source after an unsuccessful run: it gets the state that the run indicates, or keeps its own if
 * there is none, and is read again after a pause.
 */
async function afterBadRun(
  tx: EntityManager,
  monitors: MonitorStates,
  source: SourceEntity,
  { state: said, reason, dueAt, now }: { state: SourceState | null; reason: string; dueAt: Date; now: Date },
): Promise<void> {
  const { id, failures } = source;
  const { state, since } = said ? { state: said, since: null } : ((await unsaid(tx, source)) ?? {});
  if (state) await putState(tx, monitors, id, state, reason, now, { since, dueAt });
  await tx.update(SourceEntity, { id }, { lastRunAt: now, dueAt, ...(state && { failures: failures + 1 }) });
}

/** A run's next step: fetch these, be judged, or wait because requests are still outstanding. */
type Step = { fetch: HarvestRequestEntity[] } | 'judge' | 'wait';

@Injectable()
export class RunRepository {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Starts a full run of the source, or returns the one under way. A quick check under way is ended: it must
   * not store older data.
   */
  async begin(sourceId: string, now: Date): Promise<{ run: HarvestRunEntity; begun: boolean }> {
    const overtaken = { state: 'failed' as const, endedAt: now, reason: 'a whole run took its place' };
    await this.database
      .getRepository(HarvestRunEntity)
      .update({ sourceId, kind: 'quick-check', endedAt: IsNull() }, overtaken);
    const { affected } = await this.database
      .getRepository(HarvestRunEntity)
      .update({ sourceId, kind: 'details', endedAt: IsNull() }, overtaken);
    if (affected)
      await this.database.getRepository(SourceListEntity).update({ sourceId }, { detailsDueAt: now });
    const fresh = { id: randomUUID(), sourceId, state: 'reading' as const, startedAt: now };
    const inserted = await this.database
      .createQueryBuilder()
      .insert()
      .into(HarvestRunEntity)
      .values(fresh)
      .orIgnore()
      .returning('id')
      .execute();
    const run = await this.underWay(sourceId);
    // The other run may have ended between the two statements: then we try again.
    return run ? { run, begun: (inserted.raw as unknown[]).length === 1 } : this.begin(sourceId, now);
  }

  /**
   * Starts a run of each due source without one under way. The source's row is locked, as it is when a run
   * ends: a run ending at this moment has also moved the due date, so no second one follows at once. A source
   * due later than `latestMs` from now counts as due, and so does all else of it that is due later than now:
   * the clock was ahead when these dates were set.
   */
  async beginDue(sources: { id: string; latestMs: number }[], now: Date): Promise<void> {
    await this.database.query(
      `WITH due AS (
         SELECT s.id, s.due_at > $2 AS ahead FROM source s JOIN unnest($1::text[], $3::float8[]) AS known (id, latest_ms) ON known.id = s.id
          WHERE s.due_at <= $2 OR s.due_at > $2::timestamptz + known.latest_ms * interval '1 millisecond' ORDER BY s.id FOR UPDATE OF s
       ), begun AS (
         INSERT INTO harvest_run (id, source_id, state, started_at) SELECT gen_random_uuid(), id, 'reading', $2 FROM due
         ON CONFLICT DO NOTHING RETURNING source_id
       ), ahead AS (SELECT source_id FROM begun JOIN due ON id = source_id WHERE ahead),
       lists AS (
         UPDATE source_list l SET due_at = least(l.due_at, $2), details_due_at = CASE WHEN l.details_due_at > $2 THEN $2 ELSE l.details_due_at END
           FROM ahead WHERE l.source_id = ahead.source_id
       ), checks AS (
         UPDATE source_check c SET due_at = least(c.due_at, $2) FROM ahead WHERE c.source_id = ahead.source_id
       ), partners AS (
         UPDATE partner_reading p SET due_at = least(p.due_at, $2) FROM ahead WHERE p.source_id = ahead.source_id
       )
       UPDATE source s SET quick_check_due_at = $2 FROM ahead WHERE s.id = ahead.source_id AND s.quick_check_due_at > $2`,
      [sources.map((s) => s.id), now, sources.map((s) => s.latestMs)],
    );
  }

  /** Starts a quick check of a source that is due for one and has no run under way; full runs go first. */
  async beginQuickCheck(sourceId: string, targets: QuickCheckTarget[], now: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO harvest_run (id, source_id, state, started_at, kind, targets)
       SELECT gen_random_uuid(), s.id, 'reading', $2, 'quick-check', $3 FROM source s
        WHERE s.id = $1 AND s.quick_check_due_at <= $2 AND s.due_at > $2 AND s.failures = 0 FOR UPDATE
       ON CONFLICT DO NOTHING`,
      [sourceId, now, JSON.stringify(targets)],
    );
  }

  underWay(sourceId: string): Promise<HarvestRunEntity | null> {
    return this.database.getRepository(HarvestRunEntity).findOneBy({ sourceId, endedAt: IsNull() });
  }

  allUnderWay(): Promise<HarvestRunEntity[]> {
    return this.database.getRepository(HarvestRunEntity).findBy({ endedAt: IsNull() });
  }

  findById(id: string): Promise<HarvestRunEntity | null> {
    return this.database.getRepository(HarvestRunEntity).findOneBy({ id });
  }

  /** Returns the latest full run of a source, or its latest quick check. */
  latest(sourceId: string, kind: HarvestRunEntity['kind'] = 'full'): Promise<HarvestRunEntity | null> {
    // A run under way is the latest, even if the clock was restarted over recorded data.
    return this.database
      .createQueryBuilder(HarvestRunEntity, 'run')
      .where('run.source_id = :sourceId AND run.kind = :kind', { sourceId, kind })
      .orderBy('run.ended_at IS NULL', 'DESC')
      .addOrderBy('run.started_at', 'DESC')
      .limit(1)
      .getOne();
  }

  /** Returns the last full runs of a source, newest first. */
  recent(sourceId: string, limit: number): Promise<HarvestRunEntity[]> {
    return this.database
      .getRepository(HarvestRunEntity)
      .find({ where: { sourceId, kind: 'full' }, order: { startedAt: 'DESC' }, take: limit });
  }

  /** Returns the last accepted full run of a source. */
  lastGood(sourceId: string): Promise<HarvestRunEntity | null> {
    return this.database
      .getRepository(HarvestRunEntity)
      .findOne({ where: { sourceId, kind: 'full', state: 'accepted' }, order: { endedAt: 'DESC' } });
  }

  /** Returns the start times, in ISO, of a source's runs that have ended. */
  async endedStarts(sourceId: string): Promise<Set<string>> {
    const ended = await this.database
      .getRepository(HarvestRunEntity)
      .find({ where: { sourceId, endedAt: Not(IsNull()) }, select: { startedAt: true } });
    return new Set(ended.map((r) => r.startedAt.toISOString()));
  }

  /**
   * For each of these documents, returns the key of a request that it answered: in the last accepted run,
   * which produced the stored content. A later run under way may have requested the same page under another
   * key.
   */
  answeredWith(documentHashes: string[]): Promise<{ key: string; documentHash: string }[]> {
    return this.database.query(
      `SELECT DISTINCT ON (r.document_hash) r.document_hash AS "documentHash", r.key FROM harvest_request r JOIN harvest_run h ON h.id = r.run_id
        WHERE r.document_hash = ANY($1) ORDER BY r.document_hash, h.state = 'accepted' DESC, r.fetched_at DESC, r.id`,
      [documentHashes],
    );
  }

  findRequest(id: string): Promise<HarvestRequestEntity | null> {
    return this.database.getRepository(HarvestRequestEntity).findOneBy({ id });
  }

  /** Returns the topics that the source was asked for in its last accepted run. */
  async lastTopics(sourceId: string): Promise<string[]> {
    const [last]: { topics: string[] | null }[] = await this.database.query(
      `SELECT topics FROM harvest_run WHERE source_id = $1 AND state = 'accepted' AND kind = 'full' ORDER BY started_at DESC LIMIT 1`,
      [sourceId],
    );
    return last?.topics ?? [];
  }

  /** Notes what a run asks for, so that both scans ask for the same; returns what was noted first. */
  async keepTopics(runId: string, topics: readonly string[]): Promise<string[]> {
    const [rows]: [{ topics: string[] }[]] = await this.database.query(
      'UPDATE harvest_run SET topics = coalesce(topics, $2) WHERE id = $1 RETURNING topics',
      [runId, topics],
    );
    return rows[0]?.topics ?? [];
  }

  /** Returns the run's requests, answered or not, in the order of their answers. */
  requests(runId: string): Promise<HarvestRequestEntity[]> {
    return this.database
      .getRepository(HarvestRequestEntity)
      .find({ where: { runId }, order: { fetchedAt: 'ASC', key: 'ASC' } });
  }

  /**
   * Records a request's document. Sources get the documents in the order of their answers, so none is
   * recorded as earlier than those already there, even if another machine's clock is ahead.
   */
  async answered(requestId: string, documentHash: string, now: Date): Promise<void> {
    await this.database.query(
      `UPDATE harvest_request SET document_hash = $2, fetched_at = greatest($3::timestamptz, (SELECT max(r.fetched_at) + interval '1 microsecond'
          FROM harvest_request r WHERE r.run_id = harvest_request.run_id)) WHERE id = $1 AND document_hash IS NULL`,
      [requestId, documentHash, now],
    );
  }

  /** Records an unreadable answer to a request, and why; the request stays open. */
  async rejected(requestId: string, hash: string, why: string): Promise<void> {
    await this.database
      .getRepository(HarvestRequestEntity)
      .update({ id: requestId }, { rejectedHash: hash, rejectedWhy: why });
  }

  /**
   * Advances a run. `next` is called, under the run's lock, only when no request is outstanding: if many
   * workers finish at once, only one plans, and no request is planned twice.
   */
  async advance(
    runId: string,
    next: (requests: HarvestRequestEntity[]) => Promise<{ scan: 1 | 2; requests: SourceRequest[] } | null>,
  ): Promise<Step> {
    return this.database.transaction(async (tx) => {
      const run = await tx.findOne(HarvestRunEntity, {
        where: { id: runId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!run || run.state !== 'reading') return 'wait';
      const requests = await tx.find(HarvestRequestEntity, {
        where: { runId },
        order: { fetchedAt: 'ASC', key: 'ASC' },
      });
      if (requests.some((r) => r.documentHash === null)) return 'wait';
      const planned = await next(requests);
      if (planned) return { fetch: await addRequests(tx, runId, planned.scan, planned.requests) };
      await tx.update(HarvestRunEntity, { id: runId }, { state: 'judging' });
      return 'judge';
    });
  }

  /** Records until when a host makes a run wait. */
  async waits(runId: string, until: Date): Promise<void> {
    await this.database.query(
      'UPDATE harvest_run SET waits_until = greatest(waits_until, $2::timestamptz) WHERE id = $1',
      [runId, until],
    );
  }

  /**
   * Ends an unsuccessful run and updates its source, in one transaction; `state` is null if the run says
   * nothing about it, and `pauseMs` gets the number of failures before it. Returns the date of the next try,
   * null if the run had already ended. A failed quick check says nothing about its source: the next full run
   * will.
   */
  async endInVain(
    run: { id: string; state: RunState; reason: string; size: number | null },
    source: { state: SourceState | null; pauseMs: (failures: number) => number },
    now: Date,
  ): Promise<Date | null> {
    return this.database.transaction(async (tx) => {
      const sourceId = (await tx.findOneBy(HarvestRunEntity, { id: run.id }))?.sourceId;
      // The source is locked before the run, as everywhere: locks taken in opposite orders would deadlock.
      const row =
        sourceId === undefined
          ? null
          : await tx.findOne(SourceEntity, { where: { id: sourceId }, lock: { mode: 'pessimistic_write' } });
      const counts = run.size === null ? null : { calls: run.size, new: 0, changed: 0, missing: 0, gone: 0 };
      const ended = await tx
        .createQueryBuilder()
        .update(HarvestRunEntity)
        .set({ state: run.state, reason: run.reason, endedAt: now, counts })
        .where({ id: run.id, endedAt: IsNull() })
        .returning('kind')
        .execute();
      const kind = (ended.raw as { kind: HarvestRunEntity['kind'] }[])[0]?.kind;
      if (!row || !kind) return null;
      const dueAt = new Date(now.getTime() + source.pauseMs(row.failures));
      if (kind === 'quick-check') await tx.update(SourceEntity, { id: row.id }, { quickCheckDueAt: dueAt });
      else if (kind === 'details')
        await tx.update(SourceListEntity, { sourceId: row.id }, { detailsDueAt: dueAt });
      else await afterBadRun(tx, this.monitors, row, { state: source.state, reason: run.reason, dueAt, now });
      return dueAt;
    });
  }

  /** Returns runs under way without activity since then: no document came, and nothing made them wait. */
  silentSince(moment: Date): Promise<HarvestRunEntity[]> {
    return this.database
      .createQueryBuilder(HarvestRunEntity, 'run')
      .where('run.ended_at IS NULL AND greatest(run.started_at, run.waits_until) < :moment', { moment })
      .andWhere(
        'NOT EXISTS (SELECT 1 FROM harvest_request r WHERE r.run_id = run.id AND r.fetched_at >= :moment)',
      )
      .getMany();
  }
}
