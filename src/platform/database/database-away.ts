/** Of the system: nobody listens, nobody answers, the line broke. */
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
 * Of PostgreSQL (appendix A): it shuts down, starts, or takes no connections; it has no room; it ended what
 * took too long. Whole classes stand with two signs.
 */
const SERVER = ['08', '57P', '53', '55000', '57014', '55P03', '25P03', '25P04'];

/** What pg and TypeORM say by words alone, the last of a transaction whose connection broke. */
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

/**
 * Whether an error says that the database is not there, or has no time: not that what was asked of it is
 * wrong.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return says((error as Failed).driverError ?? error);
}
