import pg from 'pg';
import { isDiskFull } from './disk-full.js';

const PULSE_MS = 2_000;
/** The code of a server that is up, but has no free connection. A full disk counts the same. */
const FULL = '53300';

/** Checks whether the database answers, on its own connection: open ones may wait for a stopped server. */
export class DatabasePulse {
  private looking: Promise<boolean> | null = null;

  constructor(private readonly url: string) {}

  /** Callers during a check share its result. */
  answers(): Promise<boolean> {
    this.looking ??= this.look().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async look(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: PULSE_MS,
      query_timeout: PULSE_MS,
      application_name: 'carnot-europe pulse',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch (error) {
      return (error as { code?: string }).code === FULL || isDiskFull(error);
    } finally {
      // A server that has stopped does not accept the goodbye either.
      void client.end().catch(() => undefined);
    }
  }
}
