import { explain } from '../../src/app/failure.js';

const failed = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('why the program did not start', () => {
  it.each([
    ['the database system is starting up', '57P03'],
    ['getaddrinfo EAI_AGAIN postgres', 'EAI_AGAIN'],
    ['connect EHOSTUNREACH 10.0.0.5:5432', 'EHOSTUNREACH'],
    ['read ECONNRESET', 'ECONNRESET'],
    ['Connection terminated unexpectedly', undefined],
    ['timeout expired', undefined],
  ])('is said without a stack where the database is away: %s', (message, code) => {
    expect(explain(failed(message, code))).toBe(
      `The database cannot be used: it does not answer. Look at the network and the firewall, or correct DATABASE_URL. (${message})`,
    );
  });

  it.each([
    ['sorry, too many clients already', '53300'],
    ['canceling statement due to lock timeout', '55P03'],
    ['timeout exceeded when trying to connect', undefined],
  ])('is said without a stack where the database has too much to do: %s', (message, code) => {
    expect(explain(failed(message, code))).toBe(
      `The database cannot be used: it has too much to do, or no connection left. Start again later, or look at what keeps it busy. (${message})`,
    );
  });

  it('is told with its stack where it is our fault, whatever words it has', () => {
    const fault = new TypeError('timeoutMs is not a function');
    expect(explain(fault)).toBe(fault.stack);
  });
});
