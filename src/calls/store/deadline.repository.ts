import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SEEN_MATCHES } from '../../platform/database/row-scope.js';
import { BRUSSELS } from '../../kernel/brussels.js';
import type { CallContent, Deadline } from '../domain/call-content.js';
import type { SourceStatus } from '../domain/status.js';
import { callsOfInstituteSql } from './institute-calls.js';

/** Deadlines from `from` until before `to`; each stage and each cut-off of a call is one. */
export interface DeadlineFilter {
  from: Date;
  to: Date;
  programme?: string;
  /** Also those of drafts, which may still move. */
  drafts?: boolean;
  /** The institute and the minimum score of a call that fits it; `only` excludes all but its calls. */
  fit?: { profile: string; minScore: number; only: boolean };
}

/**
 * A day in Brussels, its number of deadlines, and how many of them are for the institute's calls; null if
 * none is given.
 */
export interface DayCount {
  day: string;
  deadlines: number;
  fitting: number | null;
}

export interface DeadlinePlace {
  at: string;
  score: number | null;
  id: string;
  kind: Deadline['kind'];
}

export interface DeadlineRow extends Pick<Deadline, 'at' | 'kind' | 'timeTold'> {
  day: string;
  callId: string;
  title: string;
  callKind: CallContent['kind'];
  identifier: string | null;
  language: string;
  programme: string | null;
  url: string | null;
  score: number | null;
  opensAt: Date | null;
  lastDeadlineAt: Date | null;
  sourceStatus: SourceStatus;
  withdrawnAt: Date | null;
}

const AT = `(d->>'at')::timestamptz`;
const DAY = `to_char(${AT} AT TIME ZONE '${BRUSSELS}', 'YYYY-MM-DD')`;
/** The columns of a listed deadline; `d` are the selected ones. */
const ROW = `d.day, d.at, d.kind, d."timeTold", d.score, c.id AS "callId", c.summary->>'title' AS title, c.summary->>'kind' AS "callKind", c.summary->>'identifier' AS identifier, c.summary->>'language' AS language,
  c.programme, c.summary->>'url' AS url, c.opens_at AS "opensAt", c.last_deadline_at AS "lastDeadlineAt", c.source_status AS "sourceStatus", c.withdrawn_at AS "withdrawnAt"`;
const CHOSEN = `${DAY} AS day, d->>'at' AS at, d->>'kind' AS kind, (d->>'timeTold')::boolean AS "timeTold", m.score, c.id`;
/** What does not fit comes last, as with a score of 0. */
const LEAST_FIT = '-coalesce(m.score, 0)';
/**
 * Best first at the same instant. A call may have a stage and a cut-off that end at the same instant.
 */
const IN_ORDER = `${AT}, ${LEAST_FIT}, c.id, d->>'kind'`;
/** Best first within the day. */
const BEST_FIRST = `${LEAST_FIT}, ${IN_ORDER}`;

/**
 * Counts the deadlines of `rows` by day and the other columns. Many calls share an instant: its day, the slow
 * part, is computed once for all of them.
 */
function byDays(rows: string, beside: string[]): string {
  const groups = ['day', ...beside].join(', ');
  return `SELECT to_char(at::timestamptz AT TIME ZONE '${BRUSSELS}', 'YYYY-MM-DD') AS day${beside.map((b) => `, ${b}`).join('')}, sum(deadlines)::int AS deadlines, sum(fitting)::int AS fitting
    FROM (SELECT d->>'at' AS at${beside.map((b) => `, c.${b}`).join('')}, count(*) AS deadlines, count(ours.id) AS fitting ${rows} GROUP BY ${['1', ...beside.map((b) => `c.${b}`)].join(', ')}) moments
   GROUP BY ${groups} ORDER BY ${groups}`;
}

/**
 * Returns the rows that pass, and the parameter values. A withdrawn call no longer has deadlines. Each score
 * is looked up by itself: the planner expects one match, and would compare each with each.
 */
function chosen({ from, to, programme, fit, drafts = false }: DeadlineFilter): {
  rows: string;
  values: unknown[];
} {
  const join = `call c CROSS JOIN LATERAL jsonb_array_elements(c.deadlines) d LEFT JOIN (${callsOfInstituteSql('$3', '$4', '$1::timestamptz')}) ours ON ours.id = c.id
    LEFT JOIN LATERAL (SELECT score FROM ${SEEN_MATCHES} WHERE profile_id = $3 AND call_id = ours.id LIMIT 1) m ON true`;
  const rows = `FROM ${join} WHERE c.withdrawn_at IS NULL AND ($6::boolean OR c.source_status <> 'draft') AND c.last_deadline_at >= $1 AND ${AT} >= $1 AND ${AT} < $2
    AND ($5::text IS NULL OR lower(c.programme) = lower($5))${fit?.only ? ' AND ours.id IS NOT NULL' : ''}`;
  return { rows, values: [from, to, fit?.profile ?? null, fit?.minScore ?? 0, programme ?? null, drafts] };
}

/** Deadlines of calls, by their day in Brussels. */
@Injectable()
export class DeadlineRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the days with deadlines, in order. */
  async days(filter: DeadlineFilter): Promise<DayCount[]> {
    const { rows, values } = chosen(filter);
    const found: (DayCount & { fitting: number })[] = await this.database.query(byDays(rows, []), values);
    return found.map((d) => ({ ...d, fitting: filter.fit ? d.fitting : null }));
  }

  /**
   * Returns the same per programme; null if a call names none. Scans all calls only once, which is the slow
   * part.
   */
  async daysOfProgrammes(filter: DeadlineFilter): Promise<(DayCount & { programme: string | null })[]> {
    const { rows, values } = chosen(filter);
    const found: (DayCount & { programme: string | null; fitting: number })[] = await this.database.query(
      byDays(rows, ['programme']),
      values,
    );
    return found.map((d) => ({ ...d, fitting: filter.fit ? d.fitting : null }));
  }

  /** Returns a page of deadlines, the nearest first, those of the same instant by how well they fit. */
  async list(
    filter: DeadlineFilter,
    limit: number,
    after: DeadlinePlace | null,
  ): Promise<{ items: DeadlineRow[]; total: number }> {
    const { rows, values } = chosen(filter);
    const counted: { n: number }[] = await this.database.query(`SELECT count(*)::int AS n ${rows}`, values);
    const items: DeadlineRow[] = await this.database.query(
      `WITH d AS (SELECT ${CHOSEN}, ${AT} AS instant ${rows}${after ? ` AND (${IN_ORDER}) > ($7::timestamptz, $8::float8, $9::uuid, $10)` : ''} ORDER BY ${IN_ORDER} LIMIT ${limit})
       SELECT ${ROW} FROM d JOIN call c ON c.id = d.id ORDER BY d.instant, -coalesce(d.score, 0), d.id, d.kind`,
      after ? [...values, after.at, -(after.score ?? 0), after.id, after.kind] : values,
    );
    return { items, total: counted[0]!.n };
  }

  /**
   * Returns the first deadlines of each of these days, calls that fit best first. Each call is looked up by
   * itself: the planner expects so many that it would read all of them.
   */
  ofDays(filter: DeadlineFilter, days: string[], each: number): Promise<DeadlineRow[]> {
    const { rows, values } = chosen(filter);
    return this.database.query(
      `WITH d AS (SELECT ${CHOSEN}, row_number() OVER (PARTITION BY ${DAY} ORDER BY ${BEST_FIRST}) AS nth ${rows} AND ${DAY} = ANY($7))
       SELECT ${ROW} FROM d CROSS JOIN LATERAL (SELECT * FROM call WHERE id = d.id LIMIT 1) c WHERE d.nth <= ${each} ORDER BY d.day, d.nth`,
      [...values, days],
    );
  }
}
