import { createHash } from 'node:crypto';
import pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { MOST_ASKED_MS, Postponed } from '../../kernel/errors.js';
import { POOL_LIMITS } from '../database/connections.js';
import { gateError } from './http-errors.js';
import { MINUTE_MS } from '../../kernel/durations.js';

const LEAST_WAIT_MS = 100;
/** The column holds 255 characters; a name alone may have 253 (RFC 1035 section 2.3.4). */
const LONGEST_KEY = 200;

/** How often a host may be requested. */
export interface Rate {
  perMinute: number;
  /** The minimum seconds between requests, if the host sets one. */
  everySeconds: number | null;
}

/** Limits requests to a host to what is agreed. `host` includes a non-default port. */
export interface RequestLimiter {
  /** Takes a slot for one request; throws Postponed, with the time to wait, if there is none. */
  take(host: string, rate: Rate): Promise<void>;
  /** Counts a request that is made in any case. */
  count(host: string, rate: Rate): Promise<void>;
  /** Blocks all slots for this long; five hours at most. A hold is never shortened. */
  hold(host: string, ms: number): Promise<void>;
}

/** The rate limit across all processes: the counts are in the database, in the table `source_rate_limit`. */
export class HostRateLimit implements RequestLimiter {
  private readonly limiters = new Map<string, RateLimiterPostgres>();
  private readonly pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.pool = new pg.Pool({
      ...POOL_LIMITS,
      connectionString: databaseUrl,
      max: 2,
      application_name: 'carnot-europe rate limit',
    });
    this.pool.on('error', () => undefined);
  }

  take(host: string, { perMinute, everySeconds }: Rate): Promise<void> {
    return this.told(host, async () => {
      const held = await this.limiter(1, 1).get(keyOf(host, 'hold'));
      if (held && held.msBeforeNext > 0) throw postponed(held);
      if (everySeconds !== null) await this.gap(everySeconds).consume(keyOf(host, 'gap'));
      await this.limiter(perMinute, 60).consume(keyOf(host));
    });
  }

  count(host: string, { perMinute, everySeconds }: Rate): Promise<void> {
    return this.told(host, async () => {
      if (everySeconds !== null) await this.gap(everySeconds).penalty(keyOf(host, 'gap'));
      await this.limiter(perMinute, 60).penalty(keyOf(host));
    });
  }

  hold(host: string, ms: number): Promise<void> {
    const wanted = Math.min(ms, MOST_ASKED_MS);
    return this.told(host, async () => {
      const holds = this.limiter(1, 1);
      const held = await holds.get(keyOf(host, 'hold'));
      // Whole seconds: the limiter writes milliseconds into an integer column.
      if (!held || held.msBeforeNext < wanted)
        await holds.block(keyOf(host, 'hold'), Math.ceil(wanted / 1_000));
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private gap(everySeconds: number): RateLimiterPostgres {
    return this.limiter(1, Math.ceil(everySeconds));
  }

  private limiter(points: number, duration: number): RateLimiterPostgres {
    const name = `${points}/${duration}`;
    const made =
      this.limiters.get(name) ??
      new RateLimiterPostgres({
        storeClient: this.pool,
        storeType: 'pool',
        tableName: 'source_rate_limit',
        tableCreated: true,
        keyPrefix: '',
        points,
        duration,
      });
    this.limiters.set(name, made);
    return made;
  }

  private async told(host: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Postponed) throw error;
      // The limiter refuses by throwing its result, which is not an error.
      if (error instanceof RateLimiterRes) throw postponed(error);
      throw gateError('RateLimitUnavailable', `${host}: the count of its requests is out of reach`, {
        cause: error,
      });
    }
  }
}

const postponed = ({ msBeforeNext }: RateLimiterRes): Postponed =>
  new Postponed(Math.max(LEAST_WAIT_MS, msBeforeNext));

/** Returns the key of a host's row: its requests in the minute, its gap between requests, or a hold. */
function keyOf(host: string, row?: 'gap' | 'hold'): string {
  const name = host.length > LONGEST_KEY ? createHash('sha256').update(host).digest('hex') : host;
  return row ? `${name} ${row}` : name;
}

/**
 * The rate limit of a short-lived process without a database: requests to a host are spaced evenly instead of
 * using up a minute's allowance at once.
 */
export class OwnRateLimit implements RequestLimiter {
  private readonly free = new Map<string, number>();

  /** `now` in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  async take(host: string, rate: Rate): Promise<void> {
    const wait = (this.free.get(host) ?? 0) - this.now();
    if (wait > 0) throw new Postponed(wait);
    await this.count(host, rate);
  }

  count(host: string, { perMinute, everySeconds }: Rate): Promise<void> {
    this.keep(host, Math.max(MINUTE_MS / perMinute, (everySeconds ?? 0) * 1_000));
    return Promise.resolve();
  }

  hold(host: string, ms: number): Promise<void> {
    this.keep(host, Math.min(ms, MOST_ASKED_MS));
    return Promise.resolve();
  }

  private keep(host: string, ms: number): void {
    this.free.set(host, Math.max(this.free.get(host) ?? 0, this.now() + ms));
  }
}
