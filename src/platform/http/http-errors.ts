import { CarnotError, type RetryPolicy } from '../../kernel/errors.js';

interface GateError {
  retryPolicy: RetryPolicy;
  /** What happened, for readers of logs. */
  means: string;
}

/**
 * Every way in which the gate fails, each with its retry policy. Waiting for a host's rate limit is not among
 * them: that throws Postponed, which is not a failed attempt.
 */
export const GATE_ERRORS = {
  GateRefused: {
    retryPolicy: 'never',
    means: 'the address, one that it redirects to or resolves to, or a header is not allowed',
  },
  TooManyRedirects: { retryPolicy: 'person', means: 'more redirects than http.maxRedirects' },
  RobotsDisallowed: {
    retryPolicy: 'person',
    means: 'the robots.txt of the host forbids the address to us (RFC 9309 section 2.2.2)',
  },
  RobotsUnreachable: {
    retryPolicy: 'later',
    means: 'the robots.txt could not be read, which forbids everything for now (RFC 9309 section 2.3.1.4)',
  },
  RateLimitUnavailable: {
    retryPolicy: 'later',
    means: 'the count of requests to the host could not be read or written',
  },
  NotFoundHost: { retryPolicy: 'later', means: 'the name does not exist, or has no address' },
  DnsFailure: { retryPolicy: 'later', means: 'the resolver did not answer' },
  ConnectFailed: { retryPolicy: 'later', means: 'nobody takes the connection' },
  ConnectionReset: { retryPolicy: 'later', means: 'the connection was cut before the answer was whole' },
  TlsFailed: {
    retryPolicy: 'person',
    means: 'the certificate is not valid for the host, or TLS could not be agreed on',
  },
  Timeout: {
    retryPolicy: 'later',
    means:
      'not over within http.timeoutSeconds or the time that the request allows, redirects and body included',
  },
  TooLarge: {
    retryPolicy: 'person',
    means: 'more bytes than http.maxMegabytes or the request allows, on the wire or decompressed',
  },
  BrokenAnswer: { retryPolicy: 'later', means: 'not HTTP, or a compressed body that is cut or damaged' },
  UnknownEncoding: { retryPolicy: 'person', means: 'compressed in a way that was not asked for' },
  HttpThrottled: { retryPolicy: 'later', means: 'status 429, or 503 with Retry-After' },
  HttpServerError: { retryPolicy: 'later', means: 'any other status from 500 to 599' },
  HttpBlocked: { retryPolicy: 'person', means: 'status 401, 403, 407 or 451' },
  HttpNotFound: { retryPolicy: 'person', means: 'status 404 or 410' },
  HttpClientError: { retryPolicy: 'person', means: 'any other status from 400 to 499' },
  UnexpectedStatus: {
    retryPolicy: 'person',
    means: 'a status that is no answer to what was asked, as 304 where nothing was known',
  },
  GateClosed: { retryPolicy: 'later', means: 'the process is being ended' },
  RequestFailed: { retryPolicy: 'later', means: 'an error of the machine that has no name here' },
} as const satisfies Record<string, GateError>;

export type GateErrorKind = keyof typeof GATE_ERRORS;

/** Returns an error of the gate, with the retry policy of its kind. */
export function gateError(
  kind: GateErrorKind,
  message: string,
  details: CarnotError['details'] = {},
): CarnotError {
  return new CarnotError(kind, message, GATE_ERRORS[kind].retryPolicy, details);
}

const LONGEST_PATH = 120;

/** Returns host and path, for messages. Never the query string, user or password: they can be secret. */
export function where(url: URL): string {
  const path =
    url.pathname.length > LONGEST_PATH ? `${url.pathname.slice(0, LONGEST_PATH)}...` : url.pathname;
  return `${url.host}${path}`;
}

/** Returns the error for a status other than 2xx. `retryAfter` is the header as sent. */
export function statusError(url: URL, status: number, retryAfter: string | undefined): CarnotError {
  const kind = kindOfStatus(status, retryAfter !== undefined);
  const retryAfterMs = kind === 'HttpThrottled' ? parseRetryAfter(retryAfter) : undefined;
  return gateError(kind, `${where(url)}: status ${status}`, {
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function kindOfStatus(status: number, hasRetryAfter: boolean): GateErrorKind {
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'HttpThrottled';
  if (status >= 500 && status <= 599) return 'HttpServerError';
  if ([401, 403, 407, 451].includes(status)) return 'HttpBlocked';
  if (status === 404 || status === 410) return 'HttpNotFound';
  if (status >= 400 && status <= 499) return 'HttpClientError';
  return 'UnexpectedStatus';
}

/** Returns Retry-After in milliseconds, from seconds or an HTTP date (RFC 9110 sections 10.2.3 and 5.6.7). */
export function parseRetryAfter(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    const ms = Number(text) * 1000;
    return Number.isSafeInteger(ms) ? ms : undefined;
  }
  // All three forms begin with a weekday. The oldest (asctime) has no zone: Date.parse would use ours.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** Returns the error for a name that could not be resolved: no such host, or no answer from the resolver. */
export function dnsError(hostname: string, cause: unknown): CarnotError {
  const code = codeOf(cause);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return gateError('NotFoundHost', `${hostname}: no such host`, { cause });
  }
  return gateError('DnsFailure', `${hostname}: the name could not be resolved (${code})`, { cause });
}

/** Returns the error for more bytes than accepted, on the wire or after decompression. */
export function tooLarge(url: URL, maxBytes: number): CarnotError {
  return gateError('TooLarge', `${where(url)}: more than ${maxBytes} bytes`);
}

/** Returns the error for a request that, with redirects and body, did not finish in time. */
export function timedOut(url: URL, timeoutMs: number): CarnotError {
  return gateError('Timeout', `${where(url)}: not over within ${timeoutMs} ms`);
}

type Family = [codes: RegExp, kind: GateErrorKind, message: string];

/** Codes of Node, OpenSSL (through node:tls), llhttp and undici. The first match counts. */
const TRANSPORT: Family[] = [
  [/^(ENOTFOUND|ENODATA)$/, 'NotFoundHost', 'no such host'],
  [/^(EAI_|ESERVFAIL$|EREFUSED$)/, 'DnsFailure', 'the name could not be resolved'],
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/, 'Timeout', 'no answer in time'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    'ConnectFailed',
    'no connection',
  ],
  // A length that does not match the received bytes is a cut connection, seen one layer up.
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/,
    'ConnectionReset',
    'the connection was cut',
  ],
  [
    /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|EPROTO$|.*SELF_SIGNED_CERT|HOSTNAME_MISMATCH)/,
    'TlsFailed',
    'no trustworthy TLS connection',
  ],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'TooLarge', 'its headers are too large'],
  [/^(HPE_|HTTPParserError$)/, 'BrokenAnswer', 'the answer is not HTTP'],
  [/^UND_ERR_(CLOSED|DESTROYED)$/, 'GateClosed', 'the gate is closed'],
  [/^UND_ERR_INVALID_ARG$/, 'GateRefused', 'the request is malformed'],
];

/** Returns the meaning of an error from below (socket, TLS, parser, undici). Our own are passed on. */
export function transportError(url: URL, cause: unknown): CarnotError {
  if (cause instanceof CarnotError) return cause;
  const code = codeOf(cause);
  const known = TRANSPORT.find(([codes]) => codes.test(code));
  if (!known) return gateError('RequestFailed', `${where(url)}: the request failed (${code})`, { cause });
  return gateError(known[1], `${where(url)}: ${known[2]} (${code})`, { cause });
}

/** Returns the error's code, or else its name: undici's parser errors have no code. */
function codeOf(cause: unknown): string {
  // By shape: an error from another realm (a worker, a test runner) is not an instance of our Error.
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((x): x is string => typeof x === 'string') ?? 'no code';
}
