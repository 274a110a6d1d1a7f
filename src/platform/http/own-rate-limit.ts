import { MINUTE_MS } from '../../kernel/durations.js';
import { MOST_ASKED_MS, Postponed } from '../../kernel/errors.js';
import type { RequestLimiter, Rate } from './host-rate-limit.js';

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
