import type { EntityManager } from 'typeorm';
import { sourceSubject } from '../../monitoring/domain/subject.js';
import type { MonitorStates } from '../../monitoring/store/monitor-states.js';
import type { RunCounts, RunKind } from './harvest-run.entity.js';
import { SourceEntity, type SourceState } from './source.entity.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';

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
