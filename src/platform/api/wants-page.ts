import type { Request } from 'express';

/** Whether the request comes from a person in a browser, not from a program. */
export const wantsPage = (request: Request): boolean =>
  !request.path.startsWith('/v1/') &&
  !request.headers.authorization &&
  ((request.headers.accept ?? '').includes('text/html') || Boolean(request.headers['hx-request']));
