import { z } from 'zod';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import { Day, Instant } from '../../kernel/brussels.js';
import { unstorable } from './input.pipe.js';

/** The query parameters of every list. */
export const PAGING = {
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('how many items, up to 100'),
  cursor: z.string().max(1_000).optional().describe('`next` of the previous page'),
};

/** The response of every list: a page, the cursor of the next one (null on the last), and the total count. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/**
 * The fields of which the places in cursors are made. A cursor comes back from outside, where anyone can have
 * changed it: a field passes only what the database can compare its column with.
 */
export const InCursor = {
  id: z.uuid(),
  text: z.string(),
  moment: Instant,
  date: Instant.transform((written) => new Date(written)),
  day: Day,
  /** Points, or whatever else a list is sorted by. */
  number: z.number().min(-1e15).max(1e15),
  /** A place or a version, which count up. */
  count: z.int32().min(0),
  /** The number of a row. */
  sequence: z.int().min(0),
  /** The same as digits, where it may be larger than JavaScript counts. */
  digits: z.string().regex(/^\d{1,18}$/),
};

/** The place of an item in a list sorted by time. */
export const AtPlace = z.object({ at: InCursor.moment, id: InCursor.id });

const cursorAt = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Returns the place that a cursor names, null without one. A foreign cursor is refused as a bad field. */
export function placeOf<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    const place = schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (!unstorable(place).length) return place;
  } catch {
    // Whatever is wrong with it, it is not one of our cursors.
  }
  throw new Invalid([wrong(['cursor'], 'cursor')]);
}

type Place = readonly (string | number)[];

/** Two places, compared by the first field in which they differ. */
function compared(a: Place, b: Place): number {
  const differs = a.findIndex((field, i) => field !== b[i]);
  return differs < 0 ? 0 : a[differs]! < b[differs]! ? -1 : 1;
}

/**
 * Sorts a list that is fully in memory by `place`, and returns the items after the cursor, or all without
 * one. The item of the cursor may be gone.
 */
export function behindCursor<R, P extends Place>(
  all: R[],
  cursor: string | undefined,
  schema: z.ZodType<P>,
  place: (row: R) => P,
): R[] {
  const after = placeOf(cursor, schema);
  return all
    .filter((row) => after === null || compared(place(row), after) > 0)
    .sort((a, b) => compared(place(a), place(b)));
}

/** Builds a page of a history, newest first. Lines are only added, so a place is how many lines are older. */
export function historyPage<T>(all: T[], limit: number, cursor: string | undefined): Page<T> {
  const before = placeOf(cursor, InCursor.count) ?? all.length;
  const lines = all
    .map((line, i) => ({ line, older: all.length - i - 1 }))
    .filter(({ older }) => older < before);
  return page(
    lines,
    limit,
    all.length,
    ({ line }) => line,
    ({ older }) => older,
  );
}

/** Returns how many rows to query, so that a page knows whether another one follows. */
export const ahead = (limit: number): number => limit + 1;

/** Builds a page from rows queried with `ahead`: `next` is set exactly if more follow. */
export function page<R, T>(
  rows: R[],
  limit: number,
  total: number,
  view: (row: R) => T,
  place: (row: R) => unknown,
): Page<T> {
  const shown = rows.slice(0, limit);
  return { items: shown.map(view), next: rows.length > limit ? cursorAt(place(shown.at(-1)!)) : null, total };
}
