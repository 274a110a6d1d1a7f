import pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Postponed } from '../../domain/errors.js';

/** Holds the requests to a source to so many a minute, over all processes: the count is in the database. */
export class SourcePace {
  private readonly limiters = new Map<string, RateLimiterPostgres>();
  private readonly pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'carnot-europe pace' });
    this.pool.on('error', () => undefined);
  }

  /** Takes a place for one request; throws Postponed, with the time to wait, where the minute is used up. */
  async take(sourceId: string, perMinute: number): Promise<void> {
    try {
      await this.limiter(sourceId, perMinute).consume(sourceId);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) throw new Postponed(Math.max(100, refused.msBeforeNext));
      throw refused;
    }
  }

  private limiter(sourceId: string, points: number): RateLimiterPostgres {
    const made = this.limiters.get(sourceId)
      ?? new RateLimiterPostgres({ storeClient: this.pool, storeType: 'pool', tableName: 'source_pace', tableCreated: true, keyPrefix: '', points, duration: 60 });
    this.limiters.set(sourceId, made);
    return made;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
