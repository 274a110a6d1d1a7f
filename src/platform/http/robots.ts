import { MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError } from '../../kernel/errors.js';
import { gateError, type GateErrorKind } from './gate-errors.js';
import { where } from './http-errors.js';
import { NO_RULES, robotsRules, type RobotsRules } from './robots-rules.js';
import type { Hop } from './url-policy.js';

/** RFC 9309 section 2.4: no longer than 24 hours. */
const KEPT_MS = 24 * 60 * MINUTE_MS;
/**
 * Those who fail together share one answer; whoever comes again, ever later as the queue does, asks again.
 */
const UNREACHABLE_KEPT_MS = 1_000;
/** Far more than there are sources; only redirects could make it grow. */
const MOST_KEPT = 1_000;

/** RFC 9309 section 2.3.1.3 (status 4xx) and 2.3.1.2 (more than five redirects): as if there were none. */
const ABSENT = new Set(['HttpNotFound', 'HttpClientError', 'HttpBlocked', 'TooManyRedirects']);

/**
 * These say something of the host, of us or of the moment, which holds for the document as well: their kind
 * is handed on, and they are not kept. 429 is a 4xx too, but who asks us to wait is not to be taken for
 * having no rules.
 */
const HANDED_ON = new Set<string>([
  'GateRefused',
  'TlsFailed',
  'HttpThrottled',
  'RateLimitUnavailable',
  'GateClosed',
]);

/**
 * Reads a robots.txt through the gate, by the hop's own trust: at most so many requests a minute to the host.
 */
export type ReadRobots = (robots: Hop, perMinute: number | undefined) => Promise<Buffer>;

interface Kept {
  rules: Promise<RobotsRules>;
  until: number;
}

/**
 * The robots.txt of every origin that is asked (RFC 9309), read once in a while and shared by all who wait
 * for it.
 */
export class Robots {
  private readonly kept = new Map<string, Kept>();

  /** `now` in milliseconds. */
  constructor(
    private readonly read: ReadRobots,
    private readonly now: () => number,
  ) {}

  /**
   * The rules of the hop's origin. Throws RobotsDisallowed where they forbid the hop, RobotsUnreachable where
   * they are not known.
   */
  async check(hop: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    const rules = await this.rulesFor(hop, perMinute);
    if (!rules.allow(hop.url))
      throw gateError(
        'RobotsDisallowed',
        `${where(hop.url)}: forbidden to us by the robots.txt of ${hop.url.host}`,
      );
    return rules;
  }

  private rulesFor({ url, trusted }: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    // Apart by trust: what a redirect leads to is never read over the connections to what the operator named.
    const key = `${trusted ? 'trusted' : 'stranger'} ${url.origin}`;
    const kept = this.kept.get(key);
    if (kept && this.now() < kept.until) return kept.rules;
    const robots: Hop = { url: new URL('/robots.txt', url.origin), method: 'GET', trusted };
    // Until it has come, everybody waits for this one.
    const fresh: Kept = { rules: this.fetch(robots, perMinute), until: Infinity };
    this.keep(key, fresh);
    return fresh.rules;
  }

  private keep(key: string, fresh: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, fresh);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    fresh.rules.then(
      () => {
        fresh.until = this.now() + KEPT_MS;
      },
      (error: unknown) => {
        const unreachable = error instanceof CarnotError && error.kind === 'RobotsUnreachable';
        fresh.until = unreachable ? this.now() + UNREACHABLE_KEPT_MS : -Infinity;
      },
    );
  }

  private async fetch(robots: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    try {
      return robotsRules(robots.url.origin, await this.read(robots, perMinute));
    } catch (error) {
      // What is none of the gate's errors is Postponed: the host's turn is to come.
      if (!(error instanceof CarnotError)) throw error;
      if (ABSENT.has(error.kind)) return NO_RULES;
      const kind = HANDED_ON.has(error.kind) ? (error.kind as GateErrorKind) : 'RobotsUnreachable';
      const message = `the robots.txt of ${robots.url.host} could not be read, and without it nothing is asked: ${error.message}`;
      throw gateError(kind, message, { ...error.details, cause: error });
    }
  }
}
