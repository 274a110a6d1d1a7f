import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import pTimeout from 'p-timeout';
import { CarnotError } from '../../kernel/errors.js';
import { gateError, statusError, timedOut, transportError, where } from './http-errors.js';
import { ACCEPT_ENCODING, decodedBody, wholeOf } from './response-body.js';
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
  Validators,
} from '../../kernel/ports.js';
import {
  pinnedLookup,
  type Resolve,
  systemResolve,
  checkUrl,
  checkUserinfo,
  type Hop,
  isRedirect,
  nextHop,
} from './address-check.js';
import { goesThrough, proxyConnector, type ProxySettings } from './proxy.js';
import { traced } from '../telemetry/traces.js';
import type { RequestLimiter } from './host-rate-limit.js';
import { Robots } from './robots.js';

/** RFC 9110 section 5.6.2 (token) and 5.5 (field value, here in ASCII as section 5.5 advises). */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** They set where the request goes and where it ends (RFC 9112 section 6): up to the gate, never a source. */
const FRAMING =
  /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|expect|te|trailer|proxy-.*)$/;

/** What may follow a redirect to another origin. Anything else could be a credential, whatever its name. */
const HARMLESS = new Set(['accept', 'accept-language']);

/**
 * Returns the headers to send: a source's own, validated, in lower case, with the gate's `user-agent` and
 * `accept-encoding`.
 */
function outgoingHeaders(own: Record<string, string>, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const key = name.toLowerCase();
    // The message omits the value, which may be a credential.
    if (!NAME.test(name)) throw refused('a header has a malformed name');
    if (!VALUE.test(value)) throw refused(`the header ${key} has a malformed value`);
    if (FRAMING.test(key)) throw refused(`the header ${key} is set by the gate`);
    headers[key] = value;
  }
  return { ...headers, 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING };
}

/** Returns the headers of a source that may follow a redirect (RFC 9110 section 15.4). */
function headersAfterRedirect(own: Record<string, string>, from: URL, to: URL): Record<string, string> {
  if (from.origin === to.origin) return own;
  return Object.fromEntries(Object.entries(own).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}

function refused(why: string): CarnotError {
  return gateError('GateRefused', why);
}

/** RFC 9110 section 8.8.3: quoted and printable. What servers send without quotes is no entity tag. */
const ETAG = /^(W\/)?"[\x21\x23-\x7e]*"$/;
/** Sent back unchanged (RFC 9110 section 13.1.3), so it only has to be a line that may be sent. */
const DATE = /^[\x20-\x7e]+$/;
const LONGEST = 500;

const NO_VALIDATORS: Readonly<Validators> = { etag: null, lastModified: null };

/**
 * Returns the validators of a response. A malformed one is dropped: sent back, it would make every later
 * request malformed.
 */
function validatorsOf(etag: string | undefined, lastModified: string | undefined): Validators {
  return { etag: wellFormed(ETAG, etag), lastModified: wellFormed(DATE, lastModified) };
}

function wellFormed(form: RegExp, value: string | undefined): string | null {
  return value !== undefined && value.length <= LONGEST && form.test(value) ? value : null;
}

/**
 * Returns If-None-Match and If-Modified-Since (RFC 9110 sections 13.1.2 and 13.1.3), for GET and if there is
 * something to compare with.
 */
function conditions({ method, validators }: FetchRequest): Record<string, string> {
  if (method !== 'GET') return {};
  return {
    ...(validators?.etag && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
  };
}

export interface WireOptions {
  /**
   * Whether only the status of a response matters, as for deliveries: a redirect is then a status like any
   * other, and the body is ignored, whatever happens to it. Otherwise the document is wanted.
   */
  onlyStatus?: boolean;
  userAgent: string;
  timeoutMs: number;
  /** The proxy between here and the outside, if any. */
  proxy?: ProxySettings | undefined;
}

/** How one request is made, and what is done with its document. */
export interface Exchange<D> {
  signal: AbortSignal;
  /** On the wire, and again after decompression. */
  maxBytes: number;
  /** After this long without a byte, the request is given up. */
  idleMs: number;
  /** Gets the document while it is received; the connection is released once it is done. */
  take: (document: IncomingDocument) => Promise<D>;
}

type Waiting = Pick<Exchange<unknown>, 'signal' | 'idleMs'>;

/** A response: the result for a document, or the next hop. */
export type Answer<D> = { fetched: D | NotModified } | { next: Hop };

/** A short body is read to its end, so that its sender does not see it cut: up to this size, this long. */
const SHORT_BYTES = 65_536;
const SHORT_MS = 1_000;

/** The wait for one address of a host before trying the next (RFC 8305); Node's 250 ms fail on slow lines. */
const NEXT_ADDRESS_AFTER_MS = 2000;

/** One request and its response, over connections to checked addresses. */
export class Wire {
  private readonly pinnedAgent: Agent;
  /** Separate: a connection to a trusted origin is never reused for a stranger's request. */
  private readonly trustedAgent: Agent;
  /** For the operator's own servers outside. */
  private readonly trustedOutsideAgent: Agent;
  private closing: Promise<unknown> | undefined;

  constructor(
    private readonly options: WireOptions,
    resolve: Resolve,
  ) {
    const { timeoutMs: timeout, proxy } = options;
    const limits = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS };
    this.pinnedAgent = new Agent({
      ...limits,
      connect: proxy
        ? proxyConnector(proxy.url, timeout, resolve)
        : { lookup: pinnedLookup(resolve), timeout },
    });
    this.trustedAgent = new Agent({ ...limits, connect: { timeout } });
    this.trustedOutsideAgent = new Agent({
      ...limits,
      connect: proxy ? proxyConnector(proxy.url, timeout, null) : { timeout },
    });
  }

  /**
   * Throws a CarnotError for anything but a 2xx response within the limits, a redirect, or a 304 that was
   * requested; and whatever `take` throws.
   */
  async exchange<D>(hop: Hop, request: FetchRequest, how: Exchange<D>): Promise<Answer<D>> {
    const conditional = conditions(request);
    const held = detachable(how.signal);
    const response = await this.ask(hop, request, conditional, { ...how, signal: held.signal });
    if (!this.options.onlyStatus) return this.read(hop, response, how, Object.keys(conditional).length > 0);
    held.detach();
    return { fetched: await how.take(statusOnly(hop.url, response)) };
  }

  /** Lets running requests finish and closes the connections. May be called more than once. */
  async close(): Promise<void> {
    this.closing ??= Promise.all(
      [this.pinnedAgent, this.trustedAgent, this.trustedOutsideAgent].map((agent) => agent.close()),
    );
    await this.closing;
  }

  private agentFor(url: URL, trusted: boolean): Agent {
    const { proxy } = this.options;
    if (!trusted) return this.pinnedAgent;
    return proxy && goesThrough(url, proxy) ? this.trustedOutsideAgent : this.trustedAgent;
  }

  private async ask(
    hop: Hop,
    request: FetchRequest,
    conditional: Record<string, string>,
    how: Waiting,
  ): Promise<Dispatcher.ResponseData> {
    const { url, method, trusted } = hop;
    const headers = outgoingHeaders(
      { ...request.headers, ...conditional, ...request.asWhom },
      request.asWhom?.['user-agent'] ?? this.options.userAgent,
    );
    const agent = this.agentFor(url, trusted);
    const asked = { 'http.request.method': method, 'server.address': url.hostname };
    try {
      return await traced({ name: method, kind: 'CLIENT', attributes: asked }, () =>
        agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers,
          body: request.body,
          signal: how.signal,
          headersTimeout: how.idleMs,
          bodyTimeout: how.idleMs,
        }),
      );
    } catch (error) {
      throw transportError(url, error);
    }
  }

  private async read<D>(
    hop: Hop,
    response: Dispatcher.ResponseData,
    how: Exchange<D>,
    conditional: boolean,
  ): Promise<Answer<D>> {
    const { statusCode: status, headers, body } = response;
    const { url } = hop;
    try {
      const location = first(headers, 'location');
      if (isRedirect(status) && location !== undefined) return { next: nextHop(hop, status, location) };
      if (status === 304 && conditional) return { fetched: { notModified: true, url: url.href } };
      if (status < 200 || status > 299) throw statusError(url, status, first(headers, 'retry-after'));
      return { fetched: await how.take(incoming(url, response, how.maxBytes)) };
    } finally {
      // An unwanted body is not read to its end, which might never come; left alone, it could break off later
      // and raise an error that nobody catches. If it was read, this does nothing.
      body.on('error', () => undefined).destroy();
    }
  }
}

function incoming(
  url: URL,
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): IncomingDocument {
  const raw = {
    chunks: body as AsyncIterable<Buffer>,
    contentLength: first(headers, 'content-length'),
    contentEncoding: first(headers, 'content-encoding'),
  };
  const validators = validatorsOf(first(headers, 'etag'), first(headers, 'last-modified'));
  return {
    status,
    mediaType: mediaTypeOf(headers),
    url: url.href,
    validators,
    chunks: decodedBody(raw, maxBytes, url),
  };
}

/** Returns a signal that is aborted with the other one until it is detached; the work then goes on. */
function detachable(signal: AbortSignal): { signal: AbortSignal; detach: () => void } {
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return { signal: own.signal, detach: () => signal.removeEventListener('abort', abort) };
}

function statusOnly(
  url: URL,
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
): IncomingDocument {
  body
    .on('error', () => undefined)
    .dump({ limit: SHORT_BYTES, signal: AbortSignal.timeout(SHORT_MS) })
    .catch(() => undefined);
  if (status < 200 || status > 299) throw statusError(url, status, first(headers, 'retry-after'));
  return {
    status,
    mediaType: mediaTypeOf(headers),
    url: url.href,
    validators: NO_VALIDATORS,
    chunks: Readable.from([]),
  };
}

// RFC 9110 section 8.3: a missing type may be treated as this one.
const mediaTypeOf = (headers: Dispatcher.ResponseData['headers']): string =>
  first(headers, 'content-type') ?? 'application/octet-stream';

function first(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Does the work within `ms` ms, or cancels it and throws Timeout; also cancels it if the caller gives up. */
async function inTime<T>(
  url: URL,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  givenUp?: AbortSignal,
): Promise<T> {
  givenUp?.throwIfAborted();
  const stop = new AbortController();
  try {
    // Abandoned, not only aborted: undici obeys a signal once connected, but not while resolving a name.
    return await pTimeout(work(stop.signal), {
      milliseconds: ms,
      message: timedOut(url, ms),
      ...(givenUp && { signal: givenUp }),
    });
  } finally {
    stop.abort();
  }
}

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
