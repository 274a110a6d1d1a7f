import type { NextFunction, Request, Response } from 'express';
import { Unavailable } from '../kernel/errors.js';
import { Busy } from '../platform/api/limits.js';
import { wantsPage } from '../platform/api/input.pipe.js';
import { isDatabaseBusy } from '../platform/database/database-away.js';
import type { DatabasePulse } from '../platform/database/database-pulse.js';
import { isDiskFull } from '../platform/database/disk-full.js';
import { pageForAnyone } from '../ui/page-for-anyone.js';
import { sendProblem } from './problem-filter.js';

/** How long a request may wait before the database is checked. */
const PATIENCE_MS = 3_000;

class DiskFull extends Unavailable<'disk-full'> {
  override readonly status = 507;
}

/** The reader is unknown while the database is away, so the pages are in every language. */
const PAGES = {
  busy: pageForAnyone({ heading: 'anyone.busy', text: 'anyone.busy.text' }),
  'database-away': pageForAnyone({ heading: 'anyone.unavailable', text: 'anyone.unavailable.text' }),
  'disk-full': pageForAnyone({ heading: 'anyone.full', text: 'anyone.full.text' }),
};

type Pulse = Pick<DatabasePulse, 'answers'>;

/** Sends it to a person as a page, to a program as a problem. */
function send(request: Request, response: Response, trouble: Unavailable<keyof typeof PAGES>): void {
  response.setHeader('Retry-After', trouble.retryAfterSeconds);
  if (wantsPage(request)) response.status(trouble.status).type('html').send(PAGES[trouble.code]);
  else sendProblem(response, trouble);
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
    ? new DiskFull('disk-full')
    : isDatabaseBusy(error) && (await database.answers())
      ? new Busy()
      : new Unavailable('database-away');
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
      else send(request, response, new Unavailable('database-away'));
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
