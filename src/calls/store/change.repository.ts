import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { reachesThreshold, SEEN_MATCHES } from '../../platform/database/row-scope.js';
import { Values } from '../../platform/database/values.js';
import type { CallContent, Deadline } from '../domain/call-content.js';
import type { Change, ChangeKind } from '../domain/versions/diff.js';
import type { SourceStatus } from '../domain/status.js';

export interface EventFilter {
  callId?: string;
  kinds?: ChangeKind[];
  since?: Date;
  /** Only calls with at least this score for the profile. */
  fit?: { profile: string; minScore: number };
}

/** The end of the last page: its version's position among all versions, and the index of its kind. */
export interface EventPlace {
  seq: string;
  nth: number;
}

/** One version of a call and one kind of change in it, with the current call. */
export interface EventRow extends EventPlace {
  kind: ChangeKind;
  version: number;
  changes: Change[];
  deadlines: Deadline[];
  callKind: CallContent['kind'];
  seenAt: Date;
  sourceId: string | null;
  runId: string;
  documentHash: string | null;
  callId: string;
  title: string;
  language: string;
  identifier: string | null;
  url: string | null;
  draft: CallContent['draft'] | null;
  opensAt: Date | null;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
  withdrawnAt: Date | null;
}

const COLUMNS = `v.seq, k.nth::int AS nth, k.kind, v.version, v.changes, v.content->'deadlines' AS deadlines, v.seen_at AS "seenAt", v.source_id AS "sourceId", v.run_id AS "runId",
  v.document_hash AS "documentHash", c.id AS "callId", c.summary->>'title' AS title, c.summary->>'language' AS language, c.summary->>'kind' AS "callKind", c.summary->>'identifier' AS identifier, c.summary->>'url' AS url, c.summary->'draft' AS draft,
  c.opens_at AS "opensAt", c.last_deadline_at AS "lastDeadlineAt", c.source_status AS "sourceStatus", c.withdrawn_at AS "withdrawnAt"`;

/** Call events: a version gives one for each kind of change in it, and none if nothing happened. */
@Injectable()
export class ChangeRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns a page of events, newest first. `total` counts all that pass the filter. */
  async list(
    filter: EventFilter,
    limit: number,
    after: EventPlace | null,
  ): Promise<{ events: EventRow[]; total: number }> {
    const values = new Values();
    const where = conditions(filter, values);
    const from = 'FROM call_version v CROSS JOIN LATERAL unnest(v.kinds) WITH ORDINALITY AS k(kind, nth)';
    const counted: { total: number }[] = await this.database.query(
      `SELECT count(*)::int AS total ${from} WHERE ${where}`,
      values.all,
    );
    const [seq, nth] = after ? [values.add(after.seq), values.add(after.nth)] : [];
    const behind = after ? ` AND v.seq <= ${seq} AND (v.seq < ${seq} OR k.nth > ${nth})` : '';
    const events: EventRow[] = await this.database.query(
      `SELECT ${COLUMNS} ${from} JOIN call c ON c.id = v.call_id WHERE ${where}${behind} ORDER BY v.seq DESC, k.nth LIMIT ${limit}`,
      values.all,
    );
    return { events, total: counted[0]!.total };
  }
}

function conditions({ callId, kinds, since, fit }: EventFilter, values: Values): string {
  const parts = ["v.kinds <> '{}'"];
  if (callId) parts.push(`v.call_id = ${values.add(callId)}`);
  // The first condition is on versions, so that only those with such a change are unnested.
  if (kinds) {
    const wanted = values.add(kinds);
    parts.push(`v.kinds && ${wanted}`, `k.kind = ANY(${wanted})`);
  }
  if (since) parts.push(`v.seen_at >= ${values.add(since)}`);
  if (fit)
    parts.push(
      `v.call_id IN (SELECT m.call_id FROM ${SEEN_MATCHES} m WHERE m.profile_id = ${values.add(fit.profile)} AND ${reachesThreshold('m', values.add(fit.minScore))})`,
    );
  return parts.join(' AND ');
}
