import { Postponed } from '../../../src/kernel/errors.js';
import type { Rate, RequestLimiter } from '../../../src/platform/http/host-rate-limit.js';

/** A rate limiter that records requests and refuses slots if the test says so. */
export class NotedRateLimit implements RequestLimiter {
  noted: [what: 'take' | 'count' | 'hold', host: string, rate: Rate | number][] = [];
  /** Milliseconds to wait, by host. */
  full: Record<string, number> = {};

  async take(host: string, rate: Rate): Promise<void> {
    this.noted.push(['take', host, rate]);
    if (this.full[host] !== undefined) throw new Postponed(this.full[host]);
  }

  async count(host: string, rate: Rate): Promise<void> {
    this.noted.push(['count', host, rate]);
  }

  async hold(host: string, ms: number): Promise<void> {
    this.noted.push(['hold', host, ms]);
  }
}
