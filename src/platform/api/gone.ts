import { createParamDecorator, HttpException, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';

/** By convention: the connection was closed before the response. Nobody reads it. */
const CLIENT_CLOSED_REQUEST = 499;

/** Returns a signal that is aborted when the client closes the connection before it has its answer. */
export function whenGone(response: Response): AbortSignal {
  const gone = new AbortController();
  const leave = (): void => {
    if (!response.writableEnded)
      gone.abort(new HttpException('The connection was closed.', CLIENT_CLOSED_REQUEST));
  };
  if (response.closed) leave();
  else response.once('close', leave);
  return gone.signal;
}

/** A signal that is aborted when the client closes the connection, so that nothing is computed for nobody. */
export const Gone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal =>
  whenGone(context.switchToHttp().getResponse<Response>()),
);
