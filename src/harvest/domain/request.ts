import { z } from 'zod';

/**
 * One request of a source. `key` names it within a scan; `path` is resolved against the source's origin. If a
 * source is read in parts with their own totals, a key begins with its part and a colon: `grants: page 1`.
 */
export const SourceRequest = z.object({
  key: z.string().min(1),
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
  /**
   * A page linked from another, which may be gone; for any other request "not found" means that the source
   * has moved.
   */
  mayBeGone: z.boolean().optional(),
  /**
   * A request outside the lists: if it fails, a run goes on without it and says so. `control`: it checks the
   * lists or adds to them, so without it no run is whole. `extra`: it adds details to calls, and does not
   * affect which there are.
   */
  aside: z.enum(['control', 'extra']).optional(),
  /** `list`: sent to the origin of the source's own list, which may be another host. */
  at: z.literal('list').optional(),
});
export type SourceRequest = z.infer<typeof SourceRequest>;

/** Returns the part of the source that a request belongs to; empty if the source has no parts. */
export const partOf = (key: string): string => /^([a-z][a-z0-9-]*): /.exec(key)?.[1] ?? '';
