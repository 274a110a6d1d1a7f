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
   * Whether the status is all that is wanted of an answer, as where something is delivered: a redirect is
   * then a status like any other, a body is of no interest, and what becomes of it changes nothing. Otherwise
   * a document is.
   */
  onlyStatus?: boolean;
  userAgent: string;
  timeoutMs: number;
  /** Between here and the outside, where there is one. */
  proxy?: ProxySettings | undefined;
}

/** How one request is made, and what becomes of the document that answers it. */
export interface Exchange<D> {
  signal: AbortSignal;
  /** On the wire, and after decompression too. */
  maxBytes: number;
  /** Without a byte for so long, it is given up. */
  idleMs: number;
  /** Is given the document while it comes in; the connection is let go once it is done. */
  take: (document: IncomingDocument) => Promise<D>;
}

/** What bounds the wait for an answer. */
type Waiting = Pick<Exchange<unknown>, 'signal' | 'idleMs'>;

/** An answer: what became of a document, or the way to the next one. */
export type Answer<D> = { fetched: D | NotModified } | { next: Hop };

/**
 * A short body is let come to its end, so that its sender does not see it cut: so many bytes, for so long.
 */
const SHORT_BYTES = 65_536;
const SHORT_MS = 1_000;

/**
 * Waits this long for one of a host's addresses before it tries the next (RFC 8305); Node's 250 ms fail on
 * slow lines.
 */
const NEXT_ADDRESS_AFTER_MS = 2000;

/** One request and its answer, over connections to checked addresses. */
export class Wire {
  private readonly pinnedAgent: Agent;
  /** Apart from the other one: a connection to a trusted origin is never taken for a stranger's request. */
  private readonly trustedAgent: Agent;
  /** To the operator's own servers outside. */
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
   * Throws a CarnotError for all that is not a 2xx answer within the limits, a redirect, or a 304 that was
   * asked for; and what `take` throws.
   */
  async exchange<D>(hop: Hop, request: FetchRequest, how: Exchange<D>): Promise<Answer<D>> {
    const conditional = conditions(request);
    const held = detachable(how.signal);
    const response = await this.ask(hop, request, conditional, { ...how, signal: held.signal });
    if (!this.options.onlyStatus) return this.read(hop, response, how, Object.keys(conditional).length > 0);
    held.detach();
    return { fetched: await how.take(statusOnly(hop.url, response)) };
  }

  /** Lets requests under way end and closes the connections. May be called more than once. */
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
      // A body that is not wanted is not read to its end, which could be made never to come; left alone, it
      // could break off later and raise an error that nobody catches. Where it was read this does nothing.
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

/** Aborted with the other, until it is let go: what it would end then goes on. */
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

// RFC 9110 section 8.3: what has no type may be taken for this one.
const mediaTypeOf = (headers: Dispatcher.ResponseData['headers']): string =>
  first(headers, 'content-type') ?? 'application/octet-stream';

function first(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
