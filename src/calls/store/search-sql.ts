import type { Values } from '../../platform/database/values.js';
import { anyWordQuery, foundQuery, readingsQuery, type SearchedText } from '../domain/searched-text.js';

/** Calls without any of the words that are shown for their meaning, below those that have them. */
const MOST_NEAR = 10;
/**
 * Minimum points in meaning of a call that is shown without any of the words, as of a match that would be
 * sent to someone who works on this subject; and of one that has some of the words.
 */
const [LEAST_NEAR, LEAST_WITH_WORD] = [40, 30];

/** Collapses runs of "-": each takes a place on the parser's stack, which holds 32 of them and then fails. */
const oneMinus = (form: string): string => form.replace(/-(?:[^\p{L}\p{N}"]*-)+/gu, '-');

const typedSql = (typed: string, values: Values): string =>
  `websearch_to_tsquery('english', ${values.add(oneMinus(typed))})`;

const wordsSql = (query: string, values: Values): string => `call.words @@ ${values.add(query)}::tsquery`;

/** The calls that are close in meaning, with their points. */
const closeOf = ({ near }: SearchedText, least: number): [string, number][] =>
  [...near].filter(([, points]) => points >= least);

/** Whether a `call` contains the words, or one of them and is close in meaning. */
function foundSql(text: SearchedText, values: Values): string {
  const { typed, readings } = text;
  const close = closeOf(text, LEAST_WITH_WORD).map(([id]) => id);
  const ways = [
    ...(typed === null ? [] : [`call.search @@ ${typedSql(typed, values)}`]),
    ...(readings.length === 0 ? [] : [wordsSql(foundQuery(text), values)]),
    ...(readings.length === 0 || close.length === 0
      ? []
      : [`(call.id = ANY(${values.add(close)}::uuid[]) AND ${wordsSql(anyWordQuery(readings), values)})`]),
  ];
  return ways.length === 0 ? 'false' : `(${ways.join(' OR ')})`;
}

/** Whether a `call` is found by the words, or is one of the few that are close to them in meaning. */
export function searchSql(text: SearchedText, values: Values): string {
  const found = foundSql(text, values);
  const near = closeOf(text, LEAST_NEAR).sort(([, a], [, b]) => b - a);
  if (near.length === 0) return found;
  const [ids, points] = [values.add(near.map(([id]) => id)), values.add(near.map(([, p]) => p))];
  return `(${found} OR call.id IN (SELECT close.id FROM unnest(${ids}::uuid[], ${points}::float8[]) AS close(id, points)
     JOIN call ON call.id = close.id WHERE NOT ${found} ORDER BY close.points DESC, close.id LIMIT ${MOST_NEAR}))`;
}

/** What is found by its words begins here in the order of a search; what is only near stands below. */
export const FOUND = 1_000;

/**
 * Returns the sort key of a search, and the join that it needs: the typed words next to each other in title
 * or identifier, then those of another reading, then the points for words anywhere and for meaning.
 */
export function bestFirst(text: SearchedText, values: Values): { key: string; join: string } {
  const { typed, readings, near } = text;
  const points = [`CASE WHEN ${foundSql(text, values)} THEN ${FOUND} ELSE 0 END`];
  const when = (query: string, worth: number): string =>
    `CASE WHEN ${wordsSql(query, values)} THEN ${worth} ELSE 0 END`;
  if (readings.length > 0) {
    const all = foundQuery(text);
    points.push(
      when(readingsQuery(readings.slice(0, 1), '<->', true), 200),
      when(readingsQuery(readings, '<->', true), 100),
      when(readingsQuery(readings, '&', true), 10),
      when(readingsQuery(readings, '<->'), 5),
      when(all, 10),
      `30 * ts_rank(call.words, ${values.add(all)}::tsquery)`,
    );
  } else if (typed !== null) points.push(`20 * ts_rank(call.search, ${typedSql(typed, values)})`);
  if (near.size === 0) return { key: `(${points.join(' + ')})::float8`, join: '' };
  const [ids, worth] = [values.add([...near.keys()]), values.add([...near.values()])];
  return {
    key: `(${points.join(' + ')} + coalesce(near.points, 0) / 2)::float8`,
    join: `LEFT JOIN unnest(${ids}::uuid[], ${worth}::float8[]) AS near(id, points) ON near.id = call.id`,
  };
}
