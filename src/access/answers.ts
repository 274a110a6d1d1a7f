import { z } from 'zod';
import { InCursor, page, type Page, PAGING, placeOf } from '../platform/api/paging.js';
import type { Removed } from './team.js';

/** The query parameters of the short lists: people, keys, sessions, institutes. */
export const ListQuery = z.object(PAGING);
export type ListQuery = z.infer<typeof ListQuery>;

/** Returns a page of a list that is fully in memory, ordered by id. */
export function pageById<T extends { id: string }>(all: T[], { limit, cursor }: ListQuery): Page<T> {
  const after = placeOf(cursor, InCursor.text) ?? '';
  const rest = all.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
  return page(
    rest,
    limit,
    all.length,
    (row) => row,
    ({ id }) => id,
  );
}

/**
 * The answer when a person's access ends: what ended with it. For an officer removed by the network, when it
 * will end.
 */
export const Departed = z
  .object({
    id: z.uuid(),
    serviceKeys: z.array(z.string()).describe('names of the service keys that they created'),
    ownKeys: z.array(z.string()),
    feeds: z.array(z.string()),
    leavesAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'when they will be removed, unless the institute keeps them; nothing ends before then. null if they were removed at once',
      ),
    calendars: z.array(z.string()),
    searches: z.number().int(),
    follows: z.number().int().describe('how many subscriptions of theirs ended'),
  })
  .meta({ id: 'Departed' });
export type Departed = z.infer<typeof Departed>;
export const departed = (id: string, { leavesAt, ...ended }: Removed): Departed => ({
  id,
  ...ended,
  leavesAt: leavesAt?.toISOString() ?? null,
});

/** The answer when a key or session ends. */
export const Ended = z.object({ id: z.uuid() }).meta({ id: 'Ended' });
export type Ended = z.infer<typeof Ended>;
