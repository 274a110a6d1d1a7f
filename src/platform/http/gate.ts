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
   * Exact origins configured by the operator (scheme://host:port): http and loopback are allowed there,
   * redirects are not.
   */
  trustedOrigins: string[];
  /** An honest one: who is asking, and how to reach them. */
  userAgent: string;
  /** For the whole request, including resolution, robots.txt, redirects and body. */
  timeoutMs: number;
  /** On the wire, and again after decompression. */
  maxBytes: number;
  maxRedirects: number;
  /** Whether robots.txt is obeyed. */
  robots: boolean;
  /** The default for requests per minute to a host; a request may set its own. */
  requestsPerMinute: number;
}

/** Replacements for tests and settings. Without `rateLimit`, nothing is held back. */
export interface GateSeams {
  lookup?: Resolve;
  rateLimit?: RequestLimiter;
  /** In milliseconds; only differences matter. */
  now?: () => number;
}

/** The state of a request across redirects. */
interface Trip<D> extends Exchange<D> {
  maxRedirects: number;
  robots: Robots | null;
}

/** RFC 9309 section 2.3.1.2: at least five. */
const ROBOTS_REDIRECTS = 5;

/**
 * The outgoing gate: every HTTP request of ours passes here, so that no address, wherever it came from, makes
 * us connect to the inside of a network, and no host is asked for what it forbids or more often than agreed.
 * It connects to public hosts by https, and to origins configured by the operator. For its failures, see
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

  /** Fetches a document. Throws one of GATE_ERRORS for anything but a whole response within the limits. */
  async fetch(url: URL, request: FetchRequest): Promise<Fetched> {
    const { timeoutMs, maxBytes } = this.options;
    return this.go(url, { ...request, timeoutMs, maxBytes, idleMs: timeoutMs }, held);
  }

  /** Reads a document while it is received. Throws one of GATE_ERRORS, and whatever `read` throws. */
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

  /** Throws GateRefused if an address can never be requested, wherever its name resolves to. */
  check(url: URL): void {
    this.firstHop(url, 'GET');
  }

  /** Lets running requests finish and closes the connections. May be called more than once. */
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
      // Validators belong to one address (RFC 9110 section 8.8): for another one they mean something else.
      own = {
        ...own,
        headers: headersAfterRedirect(own.headers, hop.url, answer.next.url),
        validators: NO_VALIDATORS,
      };
      how = { ...trip, take: (document) => trip.take({ ...document, validators: NO_VALIDATORS }) };
      // Meant for the source it was configured for, and nobody else.
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
    // The caller has given up: no further request is made, and none is counted.
    trip.signal.throwIfAborted();
    await this.turn(hop.url, request.perMinute, rules?.everySeconds ?? null, asked);
    try {
      return await this.wire.exchange(hop, request, trip);
    } catch (error) {
      await this.heed(hop.url, error);
      throw error;
    }
  }

  /** Never waits: throws Postponed if there is no slot. */
  private async turn(
    url: URL,
    perMinute: number | undefined,
    everySeconds: number | null,
    asked: Set<string>,
  ): Promise<void> {
    const host = limitHost(url);
    const rate = { perMinute: perMinute ?? this.options.requestsPerMinute, everySeconds };
    // If the second hop at a host were postponed, the first would be repeated and take the slot that the
    // second needs, for ever.
    if (asked.has(host)) await this.rateLimit?.count(host, rate);
    else await this.rateLimit?.take(host, rate);
    asked.add(host);
  }

  /** Retry-After applies to every request to the host. */
  private async heed(url: URL, error: unknown): Promise<void> {
    const ms =
      error instanceof CarnotError && error.kind === 'HttpThrottled' ? (error.details.retryAfterMs ?? 0) : 0;
    // If the hold cannot be recorded, the error still says how long to wait.
    if (ms > 0) await this.rateLimit?.hold(limitHost(url), ms).catch(() => undefined);
  }

  /** Returns the bytes of a robots.txt: through the gate like any document, but without checking rules. */
  private async robotsFile(hop: Hop, perMinute: number | undefined): Promise<Buffer> {
    // Half of a request's time, so that the error for a file that never comes names this one.
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
    // No validators were sent, so the response cannot be NotModified.
    return (fetched as FetchedDocument).bytes;
  }
}

/** Returns a whole document, in memory. */
const held = async ({ chunks, ...document }: IncomingDocument): Promise<FetchedDocument> => ({
  notModified: false,
  ...document,
  bytes: await wholeOf(chunks),
});

/** Returns the host for counting requests: a trailing dot makes no difference (RFC 1034, 3.1). */
const limitHost = (url: URL): string => url.host.replace(/\.(?=:|$)/, '');

/** Refuses an entry that is not exactly an origin: it would never match, and nobody would know why. */
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
