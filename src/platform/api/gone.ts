import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
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
