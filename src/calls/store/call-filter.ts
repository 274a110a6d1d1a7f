import type { Values } from '../../platform/database/values.js';
import {
  anyWordQuery,
  identifierQuery,
  readingsQuery,
  type SearchedText,
  withoutAccents,
} from '../domain/searched-text.js';
import { BOTTOM_UP_FORMS } from '../domain/bottom-up.js';
import { isOver, type Status } from '../domain/status.js';

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

/** Calls without any of the words that are shown for their meaning, below those that have them. */
const MOST_NEAR = 10;
/** The closest calls of which is looked up whether they have one of the words: their words are unpacked. */
const MOST_WITH_WORD = 100;
const CLOSEST = 'ORDER BY near.points DESC, call.reference COLLATE "C", call.id';
/**
 * Minimum points in meaning of a call that is shown without any of the words, as of a match that would be
 * sent to someone who works on this subject; and of one that has some of the words.
 */
const [LEAST_NEAR, LEAST_WITH_WORD] = [40, 30];
/**
 * How often and where its text has the words is looked up for the best of those found, by title and meaning:
 * unpacking the words of a call takes a tenth of a millisecond or more.
 */
const MOST_RANKED = 100;
/** What is found by its words begins here in the order of a search; what is only near stands below. */
export const FOUND = 1_000;

/** The order of a search: best first, then what closes last, which is open rather than closed. */
export const BEST_FIRST = 'key DESC, closes DESC, reference COLLATE "C", id';

/** Collapses runs of "-": each takes a place on the parser's stack, which holds 32 of them and then fails. */
const oneMinus = (form: string): string => form.replace(/-(?:[^\p{L}\p{N}"]*-)+/gu, '-');

const typedSql = (typed: string, language: 'english' | 'simple', values: Values): string =>
  `websearch_to_tsquery('${language}', ${values.add(oneMinus(withoutAccents(typed)))})`;

/** Whether a `call` contains the words, or is named by the identifier; by the indexes alone. */
function saysSql(text: SearchedText, values: Values): string {
  const { typed, readings, identifier, inTitles } = text;
  const query = identifier ? identifierQuery(readings) : readingsQuery(readings, '&');
  const words = inTitles || identifier ? 'call.title_words' : 'call.words';
  const ways = [
    ...(typed === null ? [] : [`call.search @@ ${typedSql(typed, 'english', values)}`]),
    ...(readings.length === 0 ? [] : [`${words} @@ ${values.add(query)}::tsquery`]),
  ];
  return ways.length === 0 ? 'false' : `(${ways.join(' OR ')})`;
}

/**
 * Returns common table expressions: `near` has the calls that are close in meaning with their points, `found`
 * the calls that have the words, or one of them and are close in meaning, and `beside` the few that are close
 * without any. All are chosen by `others` too; `columns` are those of `call` that are wanted of each. Each is
 * a statement of its own, since an index serves none of them once they are joined by "or".
 */
function foundSql(text: SearchedText, others: string, columns: string, values: Values): string {
  const { near, readings, identifier } = text;
  const [ids, points] = [values.add([...near.keys()]), values.add([...near.values()])];
  // A call with one of the words of a single one has them all.
  const some = readings.some(({ length }) => length > 1)
    ? `call.words @@ ${values.add(anyWordQuery(readings))}::tsquery`
    : 'false';
  // As an array: joined, the planner reads all calls to find these few.
  const close = (least: number, found: string): string =>
    `call.id = ANY(ARRAY(SELECT id FROM near WHERE points >= ${least} AND id NOT IN (SELECT id FROM ${found})))`;
  // Where a text says the parts of an identifier next to each other: to know, all words of each are unpacked.
  const mentioned = identifier
    ? `UNION ALL SELECT ${columns} FROM call WHERE call.words @@ ${values.add(readingsQuery(readings.slice(0, 2), '<->'))}::tsquery
         AND call.id NOT IN (SELECT id FROM named) AND ${others} AND (${readings.length > 2} OR NOT EXISTS (SELECT FROM named))`
    : '';
  return `near AS MATERIALIZED (SELECT * FROM unnest(${ids}::uuid[], ${points}::float8[]) AS near(id, points)),
    named AS MATERIALIZED (SELECT ${columns} FROM call WHERE ${saysSql(text, values)} AND ${others}),
    saying AS MATERIALIZED (SELECT * FROM named ${mentioned}),
    found AS MATERIALIZED (SELECT * FROM saying UNION ALL
      SELECT ${columns} FROM call WHERE ${some} AND call.id = ANY(ARRAY(SELECT call.id FROM near JOIN call ON call.id = near.id
        WHERE ${close(LEAST_WITH_WORD, 'saying')} AND ${others} ${CLOSEST} LIMIT ${MOST_WITH_WORD}))),
    beside AS MATERIALIZED (SELECT ${columns} FROM call JOIN near ON near.id = call.id
       WHERE ${close(LEAST_NEAR, 'found')} AND ${others} ${CLOSEST} LIMIT ${MOST_NEAR})`;
}

/**
 * Whether a `call` is found by the words, or is one of the few that are close to them in meaning. Half words
 * are looked for in whole texts: nothing is ordered by them here.
 */
export const searchSql = (text: SearchedText, values: Values): string =>
  `call.id IN (WITH ${foundSql({ ...text, inTitles: false }, 'true', 'call.id', values)} SELECT id FROM found UNION ALL SELECT id FROM beside)`;

/** The points for words of the title, next to each other before others: of a reading, the typed one first. */
function titlePoints({ typed, readings }: SearchedText, values: Values): string {
  const has = (query: string, worth: number): string =>
    `CASE WHEN call.title_words @@ ${query} THEN ${worth} ELSE 0 END`;
  const next = (ways: SearchedText['readings'], joint: '&' | '<->'): string =>
    `${values.add(readingsQuery(ways, joint))}::tsquery`;
  if (readings.length === 0) return typed === null ? '0' : has(typedSql(typed, 'simple', values), 100);
  return [
    has(next(readings.slice(0, 1), '<->'), 200),
    has(next(readings, '<->'), 100),
    has(next(readings, '&'), 10),
  ].join(' + ');
}

/** The points for words anywhere in a `call`, whose words are unpacked once. */
function wordPoints(text: SearchedText, values: Values): string {
  const { typed, readings } = text;
  if (readings.length === 0)
    return typed === null ? '0' : `20 * ts_rank(call.search, ${typedSql(typed, 'english', values)})`;
  const all = `${values.add(readingsQuery(readings, '&'))}::tsquery`;
  const next = `${values.add(readingsQuery(readings, '<->'))}::tsquery`;
  return `(SELECT CASE WHEN words @@ ${next} THEN 5 ELSE 0 END + CASE WHEN words @@ ${all} THEN 15 ELSE 0 END + 30 * ts_rank(words, ${all})
     FROM (SELECT call.words || ''::tsvector AS words OFFSET 0) unpacked)`;
}

/**
 * Returns the common table expressions of a search, whose last, `ordered`, has each call with the key of its
 * order. Points for words of the text only lift a call, so the best by title and meaning stay before others.
 */
export function orderedSql(text: SearchedText, others: string, values: Values): string {
  const columns = `call.id, call.reference, coalesce(extract(epoch FROM call.last_deadline_at), 0)::float8 AS closes, ${titlePoints(text, values)} AS points`;
  return `WITH ${foundSql(text, others, columns, values)},
    titled AS MATERIALIZED (SELECT found.id, closes, reference, ${FOUND} + coalesce(near.points, 0) / 2 + found.points AS key
      FROM found LEFT JOIN near ON near.id = found.id),
    best AS MATERIALIZED (SELECT * FROM titled ORDER BY ${BEST_FIRST} LIMIT ${MOST_RANKED}),
    ordered AS MATERIALIZED (
      SELECT best.id, best.closes, best.reference, (best.key + ${wordPoints(text, values)})::float8 AS key FROM best JOIN call ON call.id = best.id
      UNION ALL SELECT id, closes, reference, key::float8 FROM titled WHERE id NOT IN (SELECT id FROM best)
      UNION ALL SELECT beside.id, closes, reference, near.points / 2 FROM beside JOIN near ON near.id = beside.id)`;
}
