/** System errors: nobody listens, nobody answers, the connection broke. */
const SYSTEM = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/**
 * PostgreSQL's codes (appendix A): it shuts down, starts, or accepts no connections; it is out of space. Two
 * characters stand for a whole class.
 */
const SERVER = ['08', '57P', '53', '55000'];

/** Errors that pg and TypeORM report only in words; the last is a transaction whose connection broke. */
const WORDS =
  /^(Connection terminated|Query read timeout|timeout expired|Client has encountered a connection error|Database connection provided by a query runner was already released)/;

/** Its codes for having too much to do: too many connections, or it ended what took or waited too long. */
const BUSY = ['53300', '57014', '55P03', '25P03', '25P04'];
/** The pool's words for having no free connection in time. */
const POOL_FULL = /^timeout exceeded when trying to connect/;

interface Failed {
  message?: string;
  code?: string;
  errors?: Failed[];
  driverError?: Failed;
  query?: string;
}

const saysBusy = ({ message = '', code = '' }: Failed): boolean =>
  BUSY.includes(code) || POOL_FULL.test(message);

const saysAway = ({ message = '', code = '', errors = [] }: Failed): boolean =>
  SYSTEM.includes(code) ||
  SERVER.some((start) => code.startsWith(start)) ||
  WORDS.test(message) ||
  errors.some(saysAway);

/** Returns what the driver reported; null if it is no error of a database. */
const reported = (error: unknown): Failed | null =>
  typeof error === 'object' && error !== null ? ((error as Failed).driverError ?? error) : null;

/** Whether an error means that there was too much to do, here or in the database, and not that it is away. */
export function isDatabaseBusy(error: unknown): boolean {
  const failed = reported(error);
  return failed !== null && saysBusy(failed);
}

/** Whether an error means that the database is away: it is not merely busy, and the query is not wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const failed = reported(error);
  return failed !== null && !saysBusy(failed) && saysAway(failed);
}
