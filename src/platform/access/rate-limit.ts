import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyRequests } from '../../kernel/errors.js';
import { MOST_SIGN_IN_LINKS, SIGN_IN_LINK_MS } from '../../kernel/lifetimes.js';
import type { Environment } from '../config/environment.js';
import { POOL_LIMITS } from '../database/connections.js';
import { ENVIRONMENT } from '../tokens.js';

interface Limit {
  points: number;
  seconds: number;
}

const DAY = 24 * 60 * 60;

/**
 * The rate limits. A whole institute may share one network address, so a network gets more than a person.
 * Sign-in links are counted for as long as they are valid: anyone refused another one still has one that
 * works, no matter who requested it.
 */
const LIMITS = {
  'sign-in links to an address': { points: MOST_SIGN_IN_LINKS, seconds: SIGN_IN_LINK_MS / 1_000 },
  'settings links to an address': { points: 3, seconds: DAY },
  'invitations to an address': { points: 5, seconds: 15 * 60 },
  // A form sent twice reminds once.
  'reminders to an address': { points: 1, seconds: 15 * 60 },
  'e-mails asked from a network': { points: 40, seconds: 15 * 60 },
  'dead links used from a network': { points: 100, seconds: 15 * 60 },
  'failed sign-ons from a network': { points: 100, seconds: 15 * 60 },
  'failed passkeys of one person': { points: 20, seconds: 15 * 60 },
  'admin tokens from a network': { points: 10, seconds: 15 * 60 },
  'answers to a proposal': { points: 10, seconds: 60 * 60 },
  'choices by a link': { points: 60, seconds: 60 * 60 },
  'tests of channels': { points: 30, seconds: 60 * 60 },
  'invitations by one person': { points: 60, seconds: 60 * 60 },
  'invitations of an institute': { points: 60, seconds: DAY },
  // An officer who goes through a week's calls writes to a dozen people; nobody wants e-mails more often than
  // this.
  'proposals by one person': { points: 20, seconds: 60 * 60 },
  'proposals to an address': { points: 5, seconds: DAY },
  'proposals of an institute': { points: 60, seconds: DAY },
  'newsletters by one person': { points: 20, seconds: 60 * 60 },
  // Three full lists.
  'copies of newsletters of an institute': { points: 3_000, seconds: DAY },
  // An institute may withdraw its interest and share it again.
  'requests to join': { points: 3, seconds: DAY },
  'copies by one person': { points: 20, seconds: 60 * 60 },
  'copies to an address': { points: 5, seconds: DAY },
  'copies of an institute': { points: 60, seconds: DAY },
  // A profile names 50 contacts at most, who may all be new.
  'confirmations by one person': { points: 50, seconds: 60 * 60 },
  'confirmations to an address': { points: 3, seconds: DAY },
  'confirmations of an institute': { points: 60, seconds: DAY },
  'changes of contacts by one person': { points: 30, seconds: 60 * 60 },
  'changes of contacts of an institute': { points: 5, seconds: DAY },
} as const satisfies Record<string, Limit>;
export type Counted = keyof typeof LIMITS;

/** An attempt by someone; `points` counts it several times. */
export interface Tried {
  what: Counted;
  who: string;
  points?: number;
}

const keyOf = (who: string): string => createHash('sha256').update(who).digest('base64url');

/** Too many attempts: the request is refused, and may be repeated after some seconds. */
export class TooOften extends TooManyRequests<'too-often'> {
  constructor(override readonly retryAfterSeconds: number) {
    super('too-often', { minutes: Math.ceil(retryAfterSeconds / 60) });
  }
}

/** Counts attempts across all processes, in the table `sign_in_rate_limit`. */
@Injectable()
export class RateLimit implements OnModuleDestroy {
  private readonly log = new Logger('Refused');
  private readonly pool: pg.Pool;
  private readonly limiters: Map<Counted, RateLimiterPostgres>;

  constructor(@Inject(ENVIRONMENT) env: Environment) {
    this.pool = new pg.Pool({
      ...POOL_LIMITS,
      connectionString: env.DATABASE_URL!,
      max: 2,
      application_name: 'carnot-europe sign-in rate limit',
    });
    this.pool.on('error', () => undefined); // The pool reconnects; a count that fails meanwhile throws.
    const store = {
      storeClient: this.pool,
      storeType: 'pool',
      tableName: 'sign_in_rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: true,
    };
    this.limiters = new Map(
      Object.entries(LIMITS).map(([name, { points, seconds }]) => [
        name as Counted,
        new RateLimiterPostgres({ ...store, keyPrefix: name, points, duration: seconds }),
      ]),
    );
  }

  /**
   * Counts an attempt; throws TooOften if there were too many. `who` is stored as a hash, as it may be
   * anything that was typed.
   */
  async take(what: Counted, who: string, points = 1): Promise<void> {
    try {
      await this.limiters.get(what)!.consume(keyOf(who), points);
    } catch (error) {
      // The limiter refuses by throwing its result, which is not an error.
      if (!(error instanceof RateLimiterRes)) throw error;
      this.log.warn(`rate limit reached: ${what}`);
      throw new TooOften(Math.max(1, Math.ceil(error.msBeforeNext / 1_000)));
    }
  }

  /** Counts all of these attempts, or none if one is over its limit. */
  async takeAll(tries: readonly Tried[]): Promise<void> {
    for (const [i, { what, who, points }] of tries.entries()) {
      try {
        await this.take(what, who, points);
      } catch (error) {
        await this.giveBack(tries.slice(0, error instanceof TooOften ? i + 1 : i));
        throw error;
      }
    }
  }

  /** Takes back attempts that came to nothing. */
  async giveBack(tries: readonly Tried[]): Promise<void> {
    for (const { what, who, points = 1 } of tries) await this.limiters.get(what)!.reward(keyOf(who), points);
  }

  /** Counts an attempt and returns whether it was within the limit. */
  async allows(what: Counted, who: string): Promise<boolean> {
    try {
      await this.take(what, who);
      return true;
    } catch (error) {
      if (error instanceof TooOften) return false;
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }
}

const IPV6_GROUPS = 8;
/** A subscriber gets at least a /64 (RFC 6177), so its addresses count as one. */
const SUBSCRIBER_GROUPS = 4;

/** Returns the network of a request: its address, for IPv6 only the subscriber's prefix. */
export function networkOf({ ip = '' }: Pick<Request, 'ip'>): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip.replace(/^::ffff:/i, '');
  const [head = '', tail = ''] = ip.toLowerCase().split('::');
  const groups = (part: string): string[] => part.split(':').filter(Boolean);
  const missing = Math.max(0, IPV6_GROUPS - groups(head).length - groups(tail).length);
  return [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)]
    .slice(0, SUBSCRIBER_GROUPS)
    .join(':');
}
