import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDiskFull } from './disk-full.js';

/**
 * How long it has to answer, in turns: while this process itself is held up, it hears nobody, and the longest
 * hold counts as one turn.
 */
const [TURN_MS, TURNS] = [100, 20];
/** A check that nobody waits for any more ends by then. */
const GIVEN_UP_MS = 10_000;
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
      connectionTimeoutMillis: GIVEN_UP_MS,
      query_timeout: GIVEN_UP_MS,
      application_name: 'carnot-europe pulse',
    });
    client.on('error', () => undefined);
    const over = new AbortController();
    try {
      return await Promise.race([this.asked(client), this.silence(over.signal)]);
    } finally {
      over.abort();
      // A server that has stopped does not accept the goodbye either.
      void client.end().catch(() => undefined);
    }
  }

  private async asked(client: pg.Client): Promise<boolean> {
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch (error) {
      return (error as { code?: string }).code === FULL || isDiskFull(error);
    }
  }

  private async silence(over: AbortSignal): Promise<false> {
    for (let turn = 0; turn < TURNS && !over.aborted; turn += 1)
      await sleep(TURN_MS, undefined, { ref: false });
    return false;
  }
}
