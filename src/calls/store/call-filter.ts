import type { Values } from '../../platform/database/values.js';
import type { SearchedText } from '../domain/searched-text.js';
import { BOTTOM_UP_FORMS } from '../domain/bottom-up.js';
import type { Status } from '../domain/status.js';

const OF_SCHEME = BOTTOM_UP_FORMS.map(
  ({ begins, form }) => `(k LIKE 'identifier ${begins}%' AND k ~ '^identifier ${form}')`,
).join(' OR ');

/**
 * Whether identity keys are those of a call open to any subject, by the domain's rule: their identifiers are
 * lower case.
 */
export const bottomUpOfKeys = (keys: string): string =>
  `EXISTS (SELECT 1 FROM unnest(${keys}) k WHERE ${OF_SCHEME})`;

/** Whether a call was open to any subject when it was written: it does not match by competence. */
export const bottomUpSql = (call = 'call'): string => `${call}.bottom_up`;

export interface CallFilter {
  /** Words are resolved by the caller. */
  q?: never;
  text?: SearchedText;
  status?: Status;
  programme?: string;
  source?: string;
  deadlineBefore?: Date;
  deadlineAfter?: Date;
  /** Only these. */
  ids?: string[];
  /** None of these. */
  without?: string[];
}

/**
 * Returns the domain's `statusAt` in SQL, at the SQL expression `now`. A test verifies that the two agree.
 */
export const statusSql = (now: string): string => `CASE
  WHEN call.withdrawn_at IS NOT NULL THEN 'withdrawn'
  WHEN call.last_deadline_at <= ${now} THEN 'closed'
  WHEN call.source_status = 'draft' THEN 'draft'
  WHEN call.opens_at > ${now} THEN 'forthcoming'
  WHEN call.last_deadline_at IS NULL AND call.source_status = 'closed' THEN 'closed'
  WHEN call.opens_at IS NULL AND call.source_status = 'forthcoming' THEN 'forthcoming'
  ELSE 'open' END`;

/**
 * Whether a call is live, i.e. open or forthcoming, at the SQL expression `now`: the same as `statusSql` for
 * these two, in a form that can use an index.
 */
export const liveSql = (
  now: string,
): string => `(call.withdrawn_at IS NULL AND call.source_status <> 'draft' AND (call.last_deadline_at > ${now}
  OR (call.last_deadline_at IS NULL AND (call.source_status <> 'closed' OR call.opens_at > ${now}))))`;

/**
 * Returns the ids of calls that are not over at the SQL expression `now`, as an array: an index alone has
 * them, and a list for an institute then looks up its matches with these instead of all that it ever had.
 */
export const notOverSql = (now: string): string => `ARRAY(
  SELECT id FROM call WHERE withdrawn_at IS NULL AND last_deadline_at >= ${now}
  UNION ALL SELECT id FROM call WHERE withdrawn_at IS NULL AND last_deadline_at IS NULL)`;

/**
 * Whether a call was first seen since, has had a deadline since, or has none and is not closed at the SQL
 * expression `now`.
 */
export const recentSql = (since: string, now: string): string =>
  `(call.first_seen_at >= ${since} OR call.last_deadline_at >= ${since} OR (call.last_deadline_at IS NULL AND ${statusSql(now)} <> 'closed'))`;

/**
 * Returns the rows of calls, each with its place among those of its topic in this order (`nth`), and the ids
 * of those behind it (`below`): one topic under two identifiers or in two editions is folded into one row.
 * `rows` have the columns `id` and `topic`; without `folds`, each call is a row of its own.
 */
export const foldedSql = (rows: string, order: string, folds: boolean): string =>
  `SELECT *, row_number() OVER twins AS nth, array_agg(id) OVER (twins ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS below
     FROM ${rows} WINDOW twins AS (PARTITION BY ${folds ? 'coalesce(topic, id::text)' : 'id'} ORDER BY ${order})`;

/** A call's next deadline after an instant, an SQL expression; null if there is none. */
export const nextDeadlineSql = (now: string): string =>
  `(SELECT min((d->>'at')::timestamptz) FROM jsonb_array_elements(call.deadlines) d WHERE (d->>'at')::timestamptz > ${now})`;

/** Whether calls of a status can no longer be answered. */
export const isOver = (status: Status): boolean => status === 'closed' || status === 'withdrawn';

/** The conditions of a filter that leaves nothing out. */
export const EVERY_CALL = 'true';

/** Returns the SQL conditions of a filter on the table `call`, its words aside. */
export function filterSql(filter: Omit<CallFilter, 'text'>, now: Date, values: Values): string {
  const { ids, without, status, programme, source, deadlineAfter, deadlineBefore } = filter;
  const all = [EVERY_CALL];
  if (ids) all.push(`call.id = ANY(${values.add(ids)})`);
  if (without?.length) all.push(`call.id <> ALL(${values.add(without)}::uuid[])`);
  if (status) {
    const at = `${values.add(now)}::timestamptz`;
    all.push(`${statusSql(at)} = ${values.add(status)}`);
    // The same in a form that can use an index: few of the calls ever stored are not over.
    if (!isOver(status))
      all.push(
        `call.withdrawn_at IS NULL AND (call.last_deadline_at > ${at} OR call.last_deadline_at IS NULL)`,
      );
  }
  if (programme) {
    const named = values.add(programme);
    // A code is searched only if no call's programme has that name: it is in the content, which is slow to
    // unpack for every call.
    all.push(
      `(lower(call.programme) = lower(${named}) OR (NOT EXISTS (
           SELECT 1 FROM call named WHERE lower(named.programme) = lower(${named}) AND named.content->'programme'->>'name' IS NOT NULL)
         AND call.content->'programme'->>'code' = ${named}))`,
    );
  }
  if (source)
    all.push(
      `EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = call.id AND s.source_id = ${values.add(source)})`,
    );
  // A call has a deadline after an instant if its last one is; only a call that closes after the window needs
  // all its deadlines checked.
  if (deadlineAfter) all.push(`call.last_deadline_at > ${values.add(deadlineAfter)}`);
  if (deadlineBefore) {
    const [before, from] = [values.add(deadlineBefore), values.add(deadlineAfter ?? null)];
    all.push(
      `(call.last_deadline_at < ${before} OR EXISTS (SELECT 1 FROM jsonb_array_elements(call.deadlines) d
         WHERE (d->>'at')::timestamptz < ${before} AND (d->>'at')::timestamptz > coalesce(${from}::timestamptz, '-infinity')))`,
    );
  }
  return all.join(' AND ');
}
