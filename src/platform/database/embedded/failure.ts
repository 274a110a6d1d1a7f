import { CarnotError } from '../../../kernel/errors.js';

/** Returns the error for a database that cannot be started, so that someone has to look. */
export function failure(message: string, cause?: unknown): CarnotError {
  return new CarnotError('DatabaseStart', message, 'person', { cause });
}

/** Returns the error for missing or unusable binaries: the way out is a separate server. */
export function unsupported(reason: string): CarnotError {
  return failure(
    `The embedded PostgreSQL does not run on this machine (${process.platform} ${process.arch}): ${reason} ` +
      'Set DATABASE_URL to the address of a PostgreSQL server instead.',
  );
}
