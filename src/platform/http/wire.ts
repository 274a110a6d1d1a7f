import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { FetchRequest, IncomingDocument, NotModified } from '../../kernel/ports.js';
import { conditions, NO_VALIDATORS, validatorsOf } from './conditional-request.js';
import { statusError, transportError } from './http-errors.js';
import { pinnedLookup, type Resolve } from './pinned-lookup.js';
import { goesThrough, proxyConnector, type ProxySettings } from './proxy.js';
import { outgoingHeaders } from './request-headers.js';
import { decodedBody } from './response-body.js';
import { traced } from '../telemetry/traces.js';
import { isRedirect, nextHop, type Hop } from './url-policy.js';

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

/** The limits on waiting for a response. */
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
