import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import { sayProblem } from '../i18n/sentences.js';
import { CarnotError, DomainError } from '../kernel/errors.js';
import { ConfigError } from '../platform/config/config-error.js';
import { isDatabaseAway, isDatabaseBusy } from '../platform/database/database-away.js';

const DATABASE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or correct DATABASE_URL',
  ENOTFOUND: 'its host name is not known. Correct DATABASE_URL',
  ETIMEDOUT: 'it does not answer. Look at the network and the firewall, or correct DATABASE_URL',
  '28P01': 'it refuses the password. Correct DATABASE_URL',
  '28000': 'it refuses the user. Correct DATABASE_URL',
  '3D000': 'the database that DATABASE_URL names does not exist there. Create it, or correct DATABASE_URL',
};

/** What the operating system says of a file that it does not open, or not write to. */
const OF_FILES = /^(ENOENT|ENOTDIR|EISDIR|EACCES|EPERM|EROFS|ENOSPC|EDQUOT)$/;

interface SystemError extends Error {
  code?: string;
  syscall?: string;
  port?: number;
  address?: string;
  errors?: SystemError[];
}

/**
 * Explains to the operator why the program did not start and what to do, with a stack trace only if it is our
 * fault.
 */
export function explain(error: unknown): string {
  if (error instanceof DomainError) return sayProblem('en', error);
  if (error instanceof ConfigError || error instanceof CarnotError) return error.message;
  const failed = error as SystemError;
  const code = failed.code ?? failed.errors?.[0]?.code ?? '';
  if (code === 'EADDRINUSE')
    return `Port ${failed.port} is used by another program. Set PORT (WORKER_PORT for a worker) to a free port, or stop the other program.`;
  if (code === 'EACCES' && failed.syscall === 'listen')
    return `Port ${failed.port} is not allowed for this user. Set PORT (WORKER_PORT for a worker) to a number above 1023.`;
  if (code in DATABASE) return `The database cannot be used: ${DATABASE[code]}. (${failed.message || code})`;
  if (isDatabaseBusy(error))
    return `The database cannot be used: it has too much to do, or no connection left. Start again later, or look at what keeps it busy. (${failed.message})`;
  if (isDatabaseAway(error))
    return `The database cannot be used: ${DATABASE['ETIMEDOUT']}. (${failed.message || code})`;
  if (OF_FILES.test(code)) return `A file or folder cannot be used: ${failed.message}`;
  return failed.stack ?? String(error);
}

/**
 * Turns on Node's compile cache (22 and later), stored next to the code: from the second start on, it takes a
 * tenth less time.
 */
function keepCompiled(): void {
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => void };
  enableCompileCache?.(fileURLToPath(new URL('../../node_modules/.cache/carnot-europe', import.meta.url)));
}

/**
 * Runs a command. Errors are explained on standard error, below `failed`, and the exit status is 1. With
 * LOG_FORMAT=json a collector of logs may read what it prints.
 */
export function run(program: () => Promise<void>, failed: string, context = 'Command'): void {
  keepCompiled();
  // Called inside a promise, so that errors thrown before the first await are explained too.
  Promise.resolve()
    .then(() => (process.env.LOG_FORMAT === 'json' ? inEntries(program, failed, context) : program()))
    .catch((error: unknown) => {
      process.stderr.write(`\n${failed}\n${explain(error)}\n`);
      process.exit(1);
    });
}

async function inEntries(program: () => Promise<void>, failed: string, context: string): Promise<void> {
  // Loaded only here, because it takes a while: mistakes in the configuration are reported at once.
  const { logAllAsJson } = await import('../platform/logging/logger.js');
  const log = logAllAsJson(process.env.LOG_LEVEL, context);
  await program().catch((error: unknown) => {
    log.fatal(`${failed}\n${explain(error)}`, context);
    process.exit(1);
  });
}

export const runProcess = (program: () => Promise<void>): void =>
  run(program, 'carnot-europe did not start.', 'Start');

/** Runs `stop` once on SIGTERM or SIGINT and exits; a second signal, or ten seconds, exits at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), 9_500).unref();
    stop().then(
      () => process.exit(),
      (error: Error) => {
        new Logger('Stop').error(error.message);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}
