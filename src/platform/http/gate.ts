import { CarnotError } from '../../kernel/errors.js';
import type {
  Fetched,
  FetchedDocument,
  Fetcher,
  FetchRequest,
  IncomingDocument,
  NotModified,
  StreamedDocument,
  Streamer,
  StreamRequest,
} from '../../kernel/ports.js';
import { NO_VALIDATORS } from './conditional-request.js';
import { gateError } from './gate-errors.js';
import type { RequestLimiter } from './host-rate-limit.js';
import { where } from './http-errors.js';
import { inTime } from './in-time.js';
import { systemResolve, type Resolve } from './pinned-lookup.js';
import { headersAfterRedirect } from './request-headers.js';
import { wholeOf } from './response-body.js';
import { Robots } from './robots.js';
import { checkUrl, checkUserinfo, type Hop } from './url-policy.js';
import { Wire, type Answer, type Exchange, type WireOptions } from './wire.js';

export interface GateOptions extends Pick<WireOptions, 'onlyStatus' | 'proxy'> {
  /**
   * Exact origins that the operator configured (scheme://host:port): http and loopback are fine there; their
   * redirects are refused.
   */
  trustedOrigins: string[];
  /** An honest one: who asks, and how to reach them. */
  userAgent: string;
  /** For the whole request: resolution, robots.txt, redirects and body included. */
  timeoutMs: number;
  /** On the wire, and after decompression too. */
  maxBytes: number;
  maxRedirects: number;
  /** Whether what a robots.txt forbids is left alone. */
  robots: boolean;
  /** At most so many requests to a host in a minute, where a request does not say it itself. */
  requestsPerMinute: number;
}

/** Replaces the machine's own in tests and settings. Without a rate limit, nothing is held back. */
export interface GateSeams {
  lookup?: Resolve;
  rateLimit?: RequestLimiter;
  /** Milliseconds; only the time that has passed counts. */
  now?: () => number;
}

/** What is asked on the way, and how. */
interface Trip<D> extends Exchange<D> {
  maxRedirects: number;
  robots: Robots | null;
}

/** RFC 9309 section 2.3.1.2: at least five. */
const ROBOTS_REDIRECTS = 5;

/**
 * The outgoing gate: every HTTP request of ours passes here, so that no address, however it came to us, makes
 * us talk to the inside of a network, and no host is asked for what it does not want or more often than is
 * agreed. It speaks to public hosts by https and to the origins that the operator named. How it fails:
 * GATE_ERRORS.
 */
export class Gate implements Fetcher, Streamer {
  private readonly trusted: Set<string>;
  private readonly wire: Wire;
  private readonly rateLimit: RequestLimiter | null;
  private readonly robots: Robots | null;

  constructor(
    private readonly options: GateOptions,
    seams: GateSeams = {},
  ) {
    this.trusted = new Set(options.trustedOrigins.map(checkedOrigin));
    this.wire = new Wire(options, seams.lookup ?? systemResolve);
    this.rateLimit = seams.rateLimit ?? null;
    this.robots = options.robots
      ? new Robots(
          (hop, perMinute) => this.robotsFile(hop, perMinute),
          seams.now ?? (() => performance.now()),
        )
      : null;
  }

  /** Fetches a document. Throws one of GATE_ERRORS for all that is no whole answer within the limits. */
  async fetch(url: URL, request: FetchRequest): Promise<Fetched> {
    const { timeoutMs, maxBytes } = this.options;
    return this.go(url, { ...request, timeoutMs, maxBytes, idleMs: timeoutMs }, held);
  }

  /** Reads a document as it comes in. Throws one of GATE_ERRORS, and what `read` throws. */
  async stream<T>(
    url: URL,
    request: StreamRequest,
    read: (document: IncomingDocument) => Promise<T>,
  ): Promise<StreamedDocument<T> | NotModified> {
    return this.go(url, request, async (document) => {
      const { status, mediaType, validators } = document;
      return {
        notModified: false,
        status,
        mediaType,
        url: document.url,
        validators,
        value: await read(document),
      };
    });
  }

  /** Throws GateRefused where an address can never be asked, wherever its name leads. */
  check(url: URL): void {
    this.firstHop(url, 'GET');
  }

  /** Lets requests under way end and closes the connections. May be called more than once. */
  close(): Promise<void> {
    return this.wire.close();
  }

  private firstHop(url: URL, method: Hop['method']): Hop {
    const trusted = this.trusted.has(url.origin);
    if (trusted) checkUserinfo(url);
    else checkUrl(url);
    return { url, method, trusted };
  }

  private async go<D>(url: URL, request: StreamRequest, take: Exchange<D>['take']): Promise<D | NotModified> {
    const hop = this.firstHop(url, request.method);
    const { timeoutMs, maxBytes, idleMs } = request;
    const trip = { maxRedirects: this.options.maxRedirects, robots: this.robots, maxBytes, idleMs, take };
    return inTime(url, timeoutMs, (signal) => this.follow(hop, request, { ...trip, signal }), request.signal);
  }

  private async follow<D>(first: Hop, request: FetchRequest, trip: Trip<D>): Promise<D | NotModified> {
    let [hop, own, how] = [first, request, trip];
    const asked = new Set<string>();
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.ask(hop, own, how, asked);
      if ('fetched' in answer) return answer.fetched;
      if (redirects >= trip.maxRedirects)
        throw gateError('TooManyRedirects', `${where(first.url)}: more than ${trip.maxRedirects} redirects`);
      // Validators are compared with what one address has (RFC 9110 section 8.8): another one's mean
      // something else.
      own = {
        ...own,
        headers: headersAfterRedirect(own.headers, hop.url, answer.next.url),
        validators: NO_VALIDATORS,
      };
      how = { ...trip, take: (document) => trip.take({ ...document, validators: NO_VALIDATORS }) };
      // Said to the source that it was set for, and to nobody else.
      if (answer.next.url.origin !== hop.url.origin) own = { ...own, asWhom: {} };
      hop = answer.next;
    }
  }

  private async ask<D>(
    hop: Hop,
    request: FetchRequest,
    trip: Trip<D>,
    asked: Set<string>,
  ): Promise<Answer<D>> {
    const rules = await trip.robots?.check(hop, request.perMinute);
    // Whoever waited for it has given up: no request is made any more, and none is counted.
    trip.signal.throwIfAborted();
    await this.turn(hop.url, request.perMinute, rules?.everySeconds ?? null, asked);
    try {
      return await this.wire.exchange(hop, request, trip);
    } catch (error) {
      await this.heed(hop.url, error);
      throw error;
    }
  }

  /** Waits for nothing: Postponed is thrown where there is no place. */
  private async turn(
    url: URL,
    perMinute: number | undefined,
    everySeconds: number | null,
    asked: Set<string>,
  ): Promise<void> {
    const host = limitHost(url);
    const rate = { perMinute: perMinute ?? this.options.requestsPerMinute, everySeconds };
    // Were the second hop at a host postponed, the first would be made again and take the place that the
    // second needs, for ever.
    if (asked.has(host)) await this.rateLimit?.count(host, rate);
    else await this.rateLimit?.take(host, rate);
    asked.add(host);
  }

  /** Retry-After holds for everybody who would ask the host. */
  private async heed(url: URL, error: unknown): Promise<void> {
    const ms =
      error instanceof CarnotError && error.kind === 'HttpThrottled' ? (error.details.retryAfterMs ?? 0) : 0;
    // Where the hold cannot be noted, the error still says how long to wait.
    if (ms > 0) await this.rateLimit?.hold(limitHost(url), ms).catch(() => undefined);
  }

  /** The bytes of a robots.txt: through the gate like any document, only that no rules are asked for. */
  private async robotsFile(hop: Hop, perMinute: number | undefined): Promise<Buffer> {
    // Half of a request's time, so that who waits for a file that never comes is told that it was this one.
    const timeoutMs = this.options.timeoutMs / 2;
    const request: FetchRequest = {
      method: 'GET',
      headers: { accept: 'text/plain' },
      body: null,
      ...(perMinute !== undefined && { perMinute }),
    };
    const trip = {
      maxRedirects: ROBOTS_REDIRECTS,
      robots: null,
      maxBytes: this.options.maxBytes,
      idleMs: timeoutMs,
      take: held,
    };
    const fetched = await inTime(hop.url, timeoutMs, (signal) =>
      this.follow(hop, request, { ...trip, signal }),
    );
    // No validators were sent, so that there is nothing to be unmodified.
    return (fetched as FetchedDocument).bytes;
  }
}

/** All of a document, in memory. */
const held = async ({ chunks, ...document }: IncomingDocument): Promise<FetchedDocument> => ({
  notModified: false,
  ...document,
  bytes: await wholeOf(chunks),
});

/** The host as its requests are counted: a name with a dot at its end is the same (RFC 1034, 3.1). */
const limitHost = (url: URL): string => url.host.replace(/\.(?=:|$)/, '');

/**
 * An entry that is not exactly an origin would never be equal to one, and the operator would not learn why.
 */
function checkedOrigin(entry: string): string {
  const origin = URL.canParse(entry) ? new URL(entry).origin : null;
  if (origin !== entry || !/^https?:/.test(entry)) {
    throw new CarnotError(
      'BadConfiguration',
      'a trusted origin is not of the form scheme://host:port',
      'person',
    );
  }
  return entry;
}
