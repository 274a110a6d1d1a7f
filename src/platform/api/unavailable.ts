import type { NextFunction, Request, Response } from 'express';
import type { DatabasePulse } from '../database/database-pulse.js';
import { isDiskFull } from '../database/disk-full.js';
import { pageForAnyone } from './page-for-anyone.js';
import { sendProblem } from './problem.js';
import { wantsPage } from './wants-page.js';

/** How long a request may wait before the database is checked. */
const PATIENCE_MS = 3_000;
const RETRY_SECONDS = 10;

/** The reader is unknown while the database is away, so the pages are in every language. */
const AWAY = {
  status: 503,
  detail: 'The database is not responding. Try again in a moment.',
  page: pageForAnyone({ heading: 'anyone.unavailable', text: 'anyone.unavailable.text' }),
};
const FULL = {
  status: 507,
  detail: 'The server has no disk space left, so nothing was saved. Its operator has to make room.',
  page: pageForAnyone({ heading: 'anyone.full', text: 'anyone.full.text' }),
};

/** Reports that the database is away or out of space: to a person as a page, to a program as a problem. */
export function sendUnavailable(request: Request, response: Response, error?: unknown): void {
  const { status, detail, page } = isDiskFull(error) ? FULL : AWAY;
  response.setHeader('Retry-After', RETRY_SECONDS);
  if (wantsPage(request)) response.status(status).type('html').send(page);
  else sendProblem(response, status, detail, request.path);
}

/**
 * Responds in place of a database that has stopped without closing its connections: queries to it never end
 * by themselves. A request that is merely slow goes on, as the database still answers the check.
 */
export function unavailableMiddleware(database: Pick<DatabasePulse, 'answers'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const look = async (): Promise<void> => {
      const there = await database.answers();
      if (response.headersSent || response.closed) return;
      if (there) wait();
      else sendUnavailable(request, response);
    };
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      timer = setTimeout(() => void look(), PATIENCE_MS).unref();
    };
    response.once('close', () => clearTimeout(timer));
    wait();
    next();
  };
}
