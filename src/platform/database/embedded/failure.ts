import { CarnotError } from '../../../kernel/errors.js';

/** The database cannot be started, and somebody has to look. */
export function failure(message: string, cause?: unknown): CarnotError {
  return new CarnotError('DatabaseStart', message, 'person', { cause });
}

/** No binaries for this machine, or none that run on it: the way out is a server of one's own. */
export function unsupported(reason: string): CarnotError {
  return failure(
    `The embedded PostgreSQL does not run on this machine (${process.platform} ${process.arch}): ${reason} ` +
      'Set DATABASE_URL to the address of a PostgreSQL server instead.',
  );
}
