import type { EntityManager } from 'typeorm';
import { sourceSubject } from '../../monitoring/domain/index.js';
import type { RunCounts, RunKind } from './harvest-run.entity.js';
import { SourceEntity, type SourceState } from './source.entity.js';
import type { MonitorStates } from '../../monitoring/store/index.js';
import { DAY_MS } from '../../kernel/durations.js';

interface GoodRun {
  source: { id: string; quietAfterDays: number };
  kind: RunKind;
  now: Date;
  next: { dueAt: Date; quickCheckAt: Date };
  noted?: Pick<RunCounts, 'totals'>;
}

/** So many failures in a row on our side, about an hour of them, are no accident any more. */
const PATIENCE = 12;
const WELL: SourceState[] = ['new', 'healthy', 'quiet'];

/**
 * Puts a source into a state, which is an alarm where it was in another; since when it is in it is kept where
 * it was in it before.
 */
async function putState(
  tx: EntityManager,
  monitors: MonitorStates,
  id: string,
  state: SourceState,
  reason: string | null,
  now: Date,
): Promise<void> {
  await tx.query(
    'UPDATE source SET state_since = CASE WHEN state = $2 THEN coalesce(state_since, $4) ELSE $4 END, state = $2, reason = $3 WHERE id = $1',
    [id, state, reason, now],
  );
  await monitors.observe(tx, { subject: sourceSubject(id), state, reason, now });
}

/**
 * When the source last said something new, whether or not its calls follow another source's. That a call is
 * gone it does not say.
 */
async function lastNews(tx: EntityManager, sourceId: string): Promise<Date | null> {
  const rows: { at: Date | null }[] = await tx.query(
    'SELECT max(changed_at) AS at FROM source_record WHERE source_id = $1',
    [sourceId],
  );
  return rows[0]!.at;
}

/**
 * A source that is asked more often in a day than this is not read again before its time. It has to bear the
 * other readings of the day too.
 */
const MOST_REQUESTS_A_DAY = 400;

/** A source that counts otherwise than at its last whole run is read again now: something came or went. */
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
 * After a good run a source is healthy, or quiet where nothing was new for longer than it ever keeps silent.
 */
export async function afterGoodRun(
  tx: EntityManager,
  monitors: MonitorStates,
  { source, kind, now, next, noted }: GoodRun,
): Promise<void> {
  if (kind === 'details') return;
  await tx.update(SourceEntity, { id: source.id }, { quickCheckDueAt: next.quickCheckAt });
  if (kind === 'quick-check') return hasten(tx, source.id, noted?.totals ?? {}, now);
  const since = await lastNews(tx, source.id);
  const quiet = since !== null && now.getTime() - since.getTime() > source.quietAfterDays * DAY_MS;
  const reason = quiet
    ? `it answers, but nothing in it is new or changed since ${since.toISOString().slice(0, 10)}`
    : null;
  await tx.update(
    SourceEntity,
    { id: source.id },
    { lastRunAt: now, lastGoodRunAt: now, dueAt: next.dueAt, failures: 0 },
  );
  // Behind it: what is told of the state says when the source was last read.
  await putState(tx, monitors, source.id, quiet ? 'quiet' : 'healthy', reason, now);
}

/**
 * What fails on our side says nothing of a source; but where run after run does, what is known of it grows
 * old, and that must not go unsaid.
 */
async function unsaid(tx: EntityManager, { id, state }: SourceEntity): Promise<SourceState | null> {
  if (!WELL.includes(state)) return null;
  const rows: { n: number }[] = await tx.query(
    `SELECT count(*)::int AS n FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'failed' AND ended_at > coalesce(
       (SELECT max(ended_at) FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state IN ('accepted', 'rejected')), '-infinity')`,
    [id],
  );
  return rows[0]!.n >= PATIENCE ? 'doubtful' : null;
}

/**
 * After one that brought nothing it is what the run says of it, and read again after a pause; it stays what
 * it is where that says nothing of it.
 */
export async function afterBadRun(
  tx: EntityManager,
  monitors: MonitorStates,
  source: SourceEntity,
  { state: said, reason, dueAt, now }: { state: SourceState | null; reason: string; dueAt: Date; now: Date },
): Promise<void> {
  const { id, failures } = source;
  const state = said ?? (await unsaid(tx, source));
  if (state) await putState(tx, monitors, id, state, reason, now);
  await tx.update(SourceEntity, { id }, { lastRunAt: now, dueAt, ...(state && { failures: failures + 1 }) });
}
