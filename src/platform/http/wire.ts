import { Agent, type Dispatcher } from 'undici';
import type { Fetched, FetchRequest } from '../../domain/ports.js';
import { conditions, NO_VALIDATORS, validatorsOf } from './conditional-request.js';
import { statusError, transportError } from './http-errors.js';
import { pinnedLookup, type Resolve } from './pinned-lookup.js';
import { outgoingHeaders } from './request-headers.js';
import { decodeBody, readBody } from './response-body.js';
import { isRedirect, nextHop, type Hop } from './url-policy.js';

export interface WireOptions {
  /**
   * Whether the status is all that is wanted of an answer, as where something is delivered: a redirect is then a status like any other,
   * a body is of no interest, and what becomes of it changes nothing. Otherwise a document is.
   */
  onlyStatus?: boolean;
  userAgent: string;
  timeoutMs: number;
  maxBytes: number;
}

/** An answer: a document, or the way to the next one. */
export type Answer = { fetched: Fetched } | { next: Hop };

/** A short body is let come to its end, so that its sender does not see it cut: so many bytes, for so long. */
const SHORT_BYTES = 65_536;
const SHORT_MS = 1_000;

/** Waits this long for one of a host's addresses before it tries the next (RFC 8305); Node's 250 ms fail on slow lines. */
const NEXT_ADDRESS_AFTER_MS = 2000;

/** One request and its answer, over connections to checked addresses. */
export class Wire {
  private readonly pinnedAgent: Agent;
  /** Apart from the other one: a connection to a trusted origin is never taken for a stranger's request. */
  private readonly trustedAgent: Agent;
  private closing: Promise<unknown> | undefined;

  constructor(
    private readonly options: WireOptions,
    resolve: Resolve,
  ) {
    const { timeoutMs: timeout } = options;
    const limits = { headersTimeout: timeout, bodyTimeout: timeout, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS };
    this.pinnedAgent = new Agent({ ...limits, connect: { lookup: pinnedLookup(resolve), timeout } });
    this.trustedAgent = new Agent({ ...limits, connect: { timeout } });
  }

  /** Throws a CarnotError for all that is not a whole 2xx answer within the limits, a redirect, or a 304 that was asked for. */
  async exchange(hop: Hop, request: FetchRequest, signal: AbortSignal): Promise<Answer> {
    const { url, method, trusted } = hop;
    const conditional = conditions(request);
    const headers = outgoingHeaders({ ...request.headers, ...conditional, ...request.asWhom }, request.asWhom?.['user-agent'] ?? this.options.userAgent);
    const agent = trusted ? this.trustedAgent : this.pinnedAgent;
    const held = detachable(signal);
    try {
      const response = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers,
        body: request.body,
        signal: held.signal,
      });
      if (this.options.onlyStatus) {
        held.detach();
        return { fetched: statusOnly(url, response) };
      }
      return await this.read(hop, response, Object.keys(conditional).length > 0);
    } catch (error) {
      throw transportError(url, error);
    }
  }

  /** Lets requests under way end and closes the connections. May be called more than once. */
  async close(): Promise<void> {
    this.closing ??= Promise.all([this.pinnedAgent.close(), this.trustedAgent.close()]);
    await this.closing;
  }

  private async read(hop: Hop, response: Dispatcher.ResponseData, conditional: boolean): Promise<Answer> {
    const { statusCode: status, headers, body } = response;
    const { url } = hop;
    try {
      const location = first(headers, 'location');
      if (isRedirect(status) && location !== undefined) return { next: nextHop(hop, status, location) };
      if (status === 304 && conditional) return { fetched: { notModified: true, url: url.href } };
      if (status < 200 || status > 299) throw statusError(url, status, first(headers, 'retry-after'));
      return { fetched: await this.document(url, response) };
    } finally {
      // A body that is not wanted is not read to its end, which could be made never to come; left alone, it could
      // break off later and raise an error that nobody catches. Where it was read this does nothing.
      body.on('error', () => undefined).destroy();
    }
  }

  private async document(url: URL, { statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<Fetched> {
    const { maxBytes } = this.options;
    const raw = await readBody(body, first(headers, 'content-length'), maxBytes, url);
    const bytes = await decodeBody(raw, first(headers, 'content-encoding'), maxBytes, url);
    const validators = validatorsOf(first(headers, 'etag'), first(headers, 'last-modified'));
    return { notModified: false, status, mediaType: mediaTypeOf(headers), bytes, url: url.href, validators };
  }
}

/** Aborted with the other, until it is let go: what it would end then goes on. */
function detachable(signal: AbortSignal): { signal: AbortSignal; detach: () => void } {
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return { signal: own.signal, detach: () => signal.removeEventListener('abort', abort) };
}

function statusOnly(url: URL, { statusCode: status, headers, body }: Dispatcher.ResponseData): Fetched {
  body.on('error', () => undefined).dump({ limit: SHORT_BYTES, signal: AbortSignal.timeout(SHORT_MS) }).catch(() => undefined);
  if (status < 200 || status > 299) throw statusError(url, status, first(headers, 'retry-after'));
  return { notModified: false, status, mediaType: mediaTypeOf(headers), bytes: Buffer.alloc(0), url: url.href, validators: NO_VALIDATORS };
}

// RFC 9110 section 8.3: what has no type may be taken for this one.
const mediaTypeOf = (headers: Dispatcher.ResponseData['headers']): string => first(headers, 'content-type') ?? 'application/octet-stream';

function first(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
