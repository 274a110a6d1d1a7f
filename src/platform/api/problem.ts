import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** RFC 9457. `code` says which problem it is; `errors` names each wrong field by its path. */
export const Problem = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Returns a problem in English, where nobody can read another language. */
export const plainProblem = (status: number, code: string, detail: string, instance: string): Problem => ({
  type: 'about:blank',
  code,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
  instance,
});
