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
 * PostgreSQL's codes (appendix A): it shuts down, starts, or accepts no connections; it is out of space; it
 * ended what took too long. Two characters stand for a whole class.
 */
const SERVER = ['08', '57P', '53', '55000', '57014', '55P03', '25P03', '25P04'];

/** Errors that pg and TypeORM report only in words; the last is a transaction whose connection broke. */
const WORDS =
  /^(Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Database connection provided by a query runner was already released)/;

interface Failed {
  message?: string;
  code?: string;
  errors?: Failed[];
  driverError?: Failed;
  query?: string;
}

function says({ message = '', code = '', errors = [] }: Failed): boolean {
  return (
    SYSTEM.includes(code) ||
    SERVER.some((start) => code.startsWith(start)) ||
    WORDS.test(message) ||
    errors.some(says)
  );
}

/** Whether an error means that the database is away or too busy, and not that the query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return says((error as Failed).driverError ?? error);
}
