import type { NextFunction, Request, Response } from 'express';
import type { DatabasePulse } from '../database/database-pulse.js';
import { isDatabaseBusy } from '../database/database-away.js';
import { isDiskFull } from '../database/disk-full.js';
import { BUSY, RETRY_SECONDS } from './busy.js';
import { pageForAnyone } from './page-for-anyone.js';
import { sendProblem } from './problem.js';
import { wantsPage } from './wants-page.js';

/** How long a request may wait before the database is checked. */
const PATIENCE_MS = 3_000;

interface Trouble {
  status: number;
  type?: string;
  detail: string;
  page: string;
}
/** The reader is unknown while the database is away, so the pages are in every language. */
const AWAY: Trouble = {
  status: 503,
  detail: 'The database is not responding. Try again in a moment.',
  page: pageForAnyone({ heading: 'anyone.unavailable', text: 'anyone.unavailable.text' }),
};
const FULL: Trouble = {
  status: 507,
  detail: 'The server has no disk space left, so nothing was saved. Its operator has to make room.',
  page: pageForAnyone({ heading: 'anyone.full', text: 'anyone.full.text' }),
};

type Pulse = Pick<DatabasePulse, 'answers'>;

/** Sends it to a person as a page, to a program as a problem. */
function send(request: Request, response: Response, { status, type, detail, page }: Trouble): void {
  response.setHeader('Retry-After', RETRY_SECONDS);
  if (wantsPage(request)) response.status(status).type('html').send(page);
  else sendProblem(response, status, detail, request.path, type === undefined ? {} : { type });
}

/**
 * Answers a request that failed at the database: it is out of space, busy, or away. Connections that all wait
 * for a server that has stopped look as busy as a server does: only the check tells them apart.
 */
export async function sendUnavailable(
  database: Pulse,
  request: Request,
  response: Response,
  error: unknown,
): Promise<void> {
  const trouble = isDiskFull(error)
    ? FULL
    : isDatabaseBusy(error) && (await database.answers())
      ? BUSY
      : AWAY;
  if (!response.headersSent && !response.closed) send(request, response, trouble);
}

/**
 * Responds in place of a database that has stopped without closing its connections: queries to it never end
 * by themselves. A request that is merely slow goes on, as the database still answers the check.
 */
export function unavailableMiddleware(database: Pulse) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const look = async (): Promise<void> => {
      const there = await database.answers();
      if (response.headersSent || response.closed) return;
      if (there) wait();
      else send(request, response, AWAY);
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
