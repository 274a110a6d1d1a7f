import { z } from 'zod';

/**
 * One request that a source wants made. `key` names it within a scan; `path` is resolved against the source's origin. Where a source is
 * walked in parts that are counted by themselves, a key begins with its part and a colon: `grants: page 1`.
 */
export const SourceRequest = z.object({
  key: z.string().min(1),
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
  /** A page that another one names, of which one may be gone; anything else that is not found means that the source has moved. */
  mayBeGone: z.boolean().optional(),
});
export type SourceRequest = z.infer<typeof SourceRequest>;
