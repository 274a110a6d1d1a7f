import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Past } from '../domain/size.js';
import type { Foreseen, Published } from '../domain/lag.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { sourceSubject } from '../../monitoring/domain/alarm-words.js';
import type { MonitorStates } from '../../monitoring/store/monitor-states.js';
import type { RunCounts, RunKind } from './harvest-run.entity.js';
import { SourceEntity, type SourceState } from './source.entity.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';

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

interface GoodRun {
  source: { id: string; quietAfterDays: number };
  kind: RunKind;
  now: Date;
  next: { dueAt: Date; quickCheckAt: Date };
  noted?: Pick<RunCounts, 'totals'>;
  /** Of a register of committees. */
  register?: unknown;
}

/** The number of failures in a row on our side, about an hour's worth, that are no accident any more. */
const PATIENCE = 12;
const WELL: SourceState[] = ['new', 'healthy', 'quiet'];

/** Until it is read once more, a source may fail again. An hour after that time it counts as well anyway. */
export const calmAfter = (dueAt: Date | null, now: Date): number =>
  (dueAt ?? now).getTime() - now.getTime() + HOUR_MS;

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
  if (kind === 'details') return;
  await tx.update(SourceEntity, { id: source.id }, { quickCheckDueAt: next.quickCheckAt });
  await monitors.confirm(tx, sourceSubject(source.id), now);
  if (kind === 'quick-check') return hasten(tx, source.id, noted?.totals ?? {}, now);
  const since = await lastNews(tx, source.id, register !== undefined);
  const quiet = since !== null && now.getTime() - since.getTime() > source.quietAfterDays * DAY_MS;
  const reason = quiet
    ? `it answers, but nothing in it is new or changed since ${since.toISOString().slice(0, 10)}`
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
export async function afterBadRun(
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
