import type { NextFunction, Request, Response } from 'express';
import type { DatabasePulse } from '../database/database-pulse.js';
import { pageForAnyone } from './page-for-anyone.js';
import { sendProblem } from './problem.js';
import { wantsPage } from './wants-page.js';

/** So long a request may wait before it is asked whether there is anything to wait for. */
const PATIENCE_MS = 3_000;
const RETRY_SECONDS = 10;

/** Who asks is not known where the database is away, so that the page is in every language. */
const PAGE = pageForAnyone({ heading: 'anyone.unavailable', text: 'anyone.unavailable.text' });

/** Says that the database does not answer: to a person as a page, to a program as a problem. */
export function sendUnavailable(request: Request, response: Response): void {
  response.setHeader('Retry-After', RETRY_SECONDS);
  if (wantsPage(request)) response.status(503).type('html').send(PAGE);
  else sendProblem(response, 503, 'The database is not responding. Try again in a moment.', request.path);
}

/**
 * Answers for a database that has stopped without closing its connections: what is asked of it then has no end of its own. A request
 * that is merely slow goes on, for the database answers beside it.
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
