import { CarnotError } from '../../kernel/errors.js';
import { gateError, type GateErrorKind } from './gate-errors.js';

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
