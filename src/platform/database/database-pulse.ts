import pg from 'pg';
import { isDiskFull } from './disk-full.js';

const PULSE_MS = 2_000;
/** The server is there, and answers that it has no room for one more connection; or none on its disk. */
const FULL = '53300';

/**
 * Looks whether the database answers, on a connection of its own: those that are open may wait for a server
 * that has stopped.
 */
export class DatabasePulse {
  private looking: Promise<boolean> | null = null;

  constructor(private readonly url: string) {}

  /** Whoever asks while it is being looked is given the same answer. */
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
      // A server that has stopped does not take the farewell either.
      void client.end().catch(() => undefined);
    }
  }
}
