import { Agent, type Dispatcher } from 'undici';
import { CarnotError } from '../../domain/errors.js';
import type { Fetched, Fetcher } from '../../domain/ports.js';
import { statusError, timedOut, transportError, where } from './http-errors.js';
import { pinnedLookup, systemResolve, type Resolve } from './pinned-lookup.js';
import { headersAfterRedirect, outgoingHeaders } from './request-headers.js';
import { decodeBody, readBody } from './response-body.js';
import { checkUrl, checkUserinfo, isRedirect, nextHop, type Hop } from './url-policy.js';

export interface GateOptions {
  /** Exact origins that the operator configured (scheme://host:port): http and loopback are fine there; their redirects are refused. */
  trustedOrigins: string[];
  /** An honest one: who asks, and how to reach them. */
  userAgent: string;
  /** For the whole request: resolution, redirects and body included. */
  timeoutMs: number;
  /** On the wire, and after decompression too. */
  maxBytes: number;
  maxRedirects: number;
}

type Request = Parameters<Fetcher['fetch']>[1];

/** An answer: a document, or the way to the next one. */
type Answer = { fetched: Fetched } | { next: Hop };

/** Waits this long for one of a host's addresses before it tries the next (RFC 8305); Node's 250 ms fail on slow lines. */
const NEXT_ADDRESS_AFTER_MS = 2000;

/**
 * The outgoing gate: every HTTP request of ours passes here, so that no address, however it came to us, makes us
 * talk to the inside of a network. It speaks to public hosts by https and to the origins that the operator named.
 */
export class Gate implements Fetcher {
  private readonly trusted: Set<string>;
  private readonly pinnedAgent: Agent;
  /** Apart from the other one: a connection to a trusted origin is never taken for a stranger's request. */
  private readonly trustedAgent: Agent;
  private closing: Promise<unknown> | undefined;

  constructor(
    private readonly options: GateOptions,
    seams: { lookup?: Resolve } = {},
  ) {
    this.trusted = new Set(options.trustedOrigins.map(checkedOrigin));
    const lookup = pinnedLookup(seams.lookup ?? systemResolve);
    this.pinnedAgent = new Agent({ ...this.agentOptions(), connect: { lookup, timeout: options.timeoutMs } });
    this.trustedAgent = new Agent({ ...this.agentOptions(), connect: { timeout: options.timeoutMs } });
  }

  /** Fetches a document. Throws a CarnotError for all that is not a whole 2xx answer within the limits. */
  async fetch(url: URL, request: Request): Promise<Fetched> {
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // Raced and not only aborted: undici heeds a signal once it is connected, not while a name is being resolved.
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(url, this.options.timeoutMs)), this.options.timeoutMs);
    });
    try {
      return await Promise.race([this.follow(url, request, stop.signal), expired]);
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }

  /** Lets requests under way end and closes the connections. May be called more than once. */
  async close(): Promise<void> {
    this.closing ??= Promise.all([this.pinnedAgent.close(), this.trustedAgent.close()]);
    await this.closing;
  }

  private async follow(url: URL, request: Request, signal: AbortSignal): Promise<Fetched> {
    let hop = this.firstHop(url, request.method);
    let headers = request.headers;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.exchange(hop, { ...request, headers }, signal);
      if ('fetched' in answer) return answer.fetched;
      if (redirects >= this.options.maxRedirects) {
        throw new CarnotError('TooManyRedirects', `${where(url)}: more than ${this.options.maxRedirects} redirects`, 'person');
      }
      headers = headersAfterRedirect(headers, hop.url, answer.next.url);
      hop = answer.next;
    }
  }

  private firstHop(url: URL, method: Hop['method']): Hop {
    const trusted = this.trusted.has(url.origin);
    if (trusted) checkUserinfo(url);
    else checkUrl(url);
    return { url, method, trusted };
  }

  private async exchange(hop: Hop, request: Request, signal: AbortSignal): Promise<Answer> {
    const { url, method, trusted } = hop;
    const headers = outgoingHeaders(request.headers, this.options.userAgent);
    const agent = trusted ? this.trustedAgent : this.pinnedAgent;
    try {
      const response = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers,
        body: request.body,
        signal,
      });
      return await this.read(hop, response);
    } catch (error) {
      throw transportError(url, error);
    }
  }

  private async read(hop: Hop, response: Dispatcher.ResponseData): Promise<Answer> {
    const { statusCode: status, headers, body } = response;
    const { url } = hop;
    try {
      const location = first(headers, 'location');
      if (isRedirect(status) && location !== undefined) return { next: nextHop(hop, status, location) };
      if (status < 200 || status > 299) throw statusError(url, status, first(headers, 'retry-after'));
      const { maxBytes } = this.options;
      const raw = await readBody(body, first(headers, 'content-length'), maxBytes, url);
      const bytes = await decodeBody(raw, first(headers, 'content-encoding'), maxBytes, url);
      // RFC 9110 section 8.3: what has no type may be taken for this one.
      const mediaType = first(headers, 'content-type') ?? 'application/octet-stream';
      return { fetched: { status, mediaType, bytes, url: url.href } };
    } finally {
      // A body that is not wanted is not read to its end, which could be made never to come; left alone, it could
      // break off later and raise an error that nobody catches. Where it was read this does nothing.
      body.on('error', () => undefined).destroy();
    }
  }

  private agentOptions(): Agent.Options {
    const { timeoutMs } = this.options;
    return {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    };
  }
}

function first(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** An entry that is not exactly an origin would never be equal to one, and the operator would not learn why. */
function checkedOrigin(entry: string): string {
  const origin = URL.canParse(entry) ? new URL(entry).origin : null;
  if (origin !== entry || !/^https?:/.test(entry)) {
    throw new CarnotError('BadConfiguration', 'a trusted origin is not of the form scheme://host:port', 'person');
  }
  return entry;
}
