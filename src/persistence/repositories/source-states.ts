import type { EntityManager } from 'typeorm';
import { sourceSubject } from '../../domain/watch/subject.js';
import { SourceEntity, type SourceState } from '../entities/source.entity.js';
import { observe } from './watch-state.js';

interface GoodRun {
  source: { id: string; quietAfterDays: number };
  kind: 'full' | 'glance';
  now: Date;
  next: { dueAt: Date; glanceAt: Date };
}

const DAY = 86_400_000;

/** Puts a source into a state, which is an alarm where it was in another; since when it is in it is kept where it was in it before. */
async function putState(tx: EntityManager, id: string, state: SourceState, reason: string | null, now: Date): Promise<void> {
  await tx.query(
    'UPDATE source SET state_since = CASE WHEN state = $2 THEN coalesce(state_since, $4) ELSE $4 END, state = $2, reason = $3 WHERE id = $1',
    [id, state, reason, now],
  );
  await observe(tx, { subject: sourceSubject(id), state, reason, now });
}

/** When the source last had something new to say. That a call ended at its deadline it did not say itself. */
async function lastNews(tx: EntityManager, sourceId: string): Promise<Date | null> {
  const rows: { at: Date | null }[] = await tx.query(
    `SELECT max(seen_at) AS at FROM call_version WHERE source_id = $1 AND (version = 1 OR NOT kinds <@ '{closed,withdrawn}')`, [sourceId],
  );
  return rows[0]!.at;
}

/** After a good run a source is healthy, or quiet where nothing was new for longer than it ever keeps silent. */
export async function afterGoodRun(tx: EntityManager, { source, kind, now, next }: GoodRun): Promise<void> {
  await tx.update(SourceEntity, { id: source.id }, { glancedAt: now, glanceDueAt: next.glanceAt });
  if (kind === 'glance') return;
  const since = await lastNews(tx, source.id);
  const quiet = since !== null && now.getTime() - since.getTime() > source.quietAfterDays * DAY;
  const reason = quiet ? `it answers, but nothing in it is new or changed since ${since.toISOString().slice(0, 10)}` : null;
  await putState(tx, source.id, quiet ? 'quiet' : 'healthy', reason, now);
  await tx.update(SourceEntity, { id: source.id }, { lastRunAt: now, lastGoodRunAt: now, dueAt: next.dueAt, failures: 0 });
}

/** After one that brought nothing it is what the run says of it, and read again after a pause. */
export async function afterBadRun(
  tx: EntityManager, { id, failures }: SourceEntity, { state, reason, dueAt, now }: { state: SourceState; reason: string; dueAt: Date; now: Date },
): Promise<void> {
  await putState(tx, id, state, reason, now);
  await tx.update(SourceEntity, { id }, { lastRunAt: now, dueAt, failures: failures + 1 });
}
