import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { DomainError } from '../../kernel/errors.js';

/** The connection was closed before the response. Nobody reads it. */
class Closed extends DomainError<'closed'> {
  /** By convention. */
  readonly status = 499;
}

/** Returns a signal that is aborted when the client closes the connection before it has its answer. */
export function whenGone(response: Response): AbortSignal {
  const gone = new AbortController();
  const leave = (): void => {
    if (!response.writableEnded) gone.abort(new Closed('closed'));
  };
  if (response.closed) leave();
  else response.once('close', leave);
  return gone.signal;
}

/** A signal that is aborted when the client closes the connection, so that nothing is computed for nobody. */
export const Gone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal =>
  whenGone(context.switchToHttp().getResponse<Response>()),
);

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
