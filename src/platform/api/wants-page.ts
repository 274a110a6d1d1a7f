import type { Request } from 'express';

/** Whether a person in a browser asks, and no program. */
export const wantsPage = (request: Request): boolean =>
  !request.path.startsWith('/v1/') &&
  !request.headers.authorization &&
  ((request.headers.accept ?? '').includes('text/html') || Boolean(request.headers['hx-request']));
