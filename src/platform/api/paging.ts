import { z } from 'zod';
import { unstorable } from './input.pipe.js';
import { invalid } from './problem.js';

/** What every list takes. */
export const PAGING = {
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('how many items, up to 100'),
  cursor: z.string().max(1_000).optional().describe('`next` of the previous page'),
};

/**
 * What every list answers: a page, the cursor of the next one (null on the last), and how many there are in
 * all.
 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/**
 * A moment in a cursor, as `JSON.stringify` writes it: no other, since a database knows fewer dates than a
 * program.
 */
export const MomentInCursor = z.iso.datetime().transform((written) => new Date(written));

/** The place of what is listed by when it came. */
export const AtPlace = z.object({ at: z.iso.datetime(), id: z.uuid() });

/** The cursor behind a place in a list. */
const cursorAt = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor names, null without one. A cursor that is not ours is refused as a field of the
 * request.
 */
export function placeOf<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    const place = schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (!unstorable(place).length) return place;
  } catch {
    // Whatever is wrong with it, it is not one of ours.
  }
  throw invalid([{ path: ['cursor'], message: 'is not a cursor of this list' }]);
}

/**
 * Of a list that is held whole what stands behind a cursor: all of it without one. `place` names an item
 * among the others.
 */
export function behindCursor<R, P>(
  all: R[],
  cursor: string | undefined,
  schema: z.ZodType<P>,
  place: (row: R) => P,
): R[] {
  const after = placeOf(cursor, schema);
  return after === null ? all : all.slice(all.findIndex((row) => place(row) === after) + 1);
}

/** How many to look for, so that a page knows whether another one follows. */
export const ahead = (limit: number): number => limit + 1;

/** A page out of what was found when looking `ahead`: `next` exactly where more follows. */
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
