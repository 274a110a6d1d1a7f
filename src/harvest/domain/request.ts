import { z } from 'zod';

/**
 * One request that a source wants made. `key` names it within a scan; `path` is resolved against the source's
 * origin. Where a source is walked in parts that are counted by themselves, a key begins with its part and a
 * colon: `grants: page 1`.
 */
export const SourceRequest = z.object({
  key: z.string().min(1),
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
  /**
   * A page that another one names, of which one may be gone; anything else that is not found means that the
   * source has moved.
   */
  mayBeGone: z.boolean().optional(),
  /**
   * Beside the lists: a run goes on without one that cannot be had, and says so. `control`: it checks the
   * lists or adds to them, so that without it no run is whole. `extra`: it tells more of calls, and says
   * nothing of which there are.
   */
  aside: z.enum(['control', 'extra']).optional(),
  /** `list`: asked where the source's own list is, which may be another host. */
  at: z.literal('list').optional(),
});
export type SourceRequest = z.infer<typeof SourceRequest>;

/** The part of its source that a request is about; empty where the source is one. */
export const partOf = (key: string): string => /^([a-z][a-z0-9-]*): /.exec(key)?.[1] ?? '';
