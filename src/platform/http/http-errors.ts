import { CarnotError } from '../../kernel/errors.js';
import { gateError, type GateErrorKind } from './gate-errors.js';

const LONGEST_PATH = 120;

/** Host and path, for messages. Never the query string, a user or a password: they can hold secrets. */
export function where(url: URL): string {
  const path =
    url.pathname.length > LONGEST_PATH ? `${url.pathname.slice(0, LONGEST_PATH)}...` : url.pathname;
  return `${url.host}${path}`;
}

/** What a status that is not 2xx means. `retryAfter` is the header as sent. */
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

/**
 * Retry-After in milliseconds from now, from seconds or an HTTP date (RFC 9110 sections 10.2.3 and 5.6.7).
 */
export function parseRetryAfter(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    const ms = Number(text) * 1000;
    return Number.isSafeInteger(ms) ? ms : undefined;
  }
  // All three forms begin with a weekday. The oldest (asctime) has no zone, and Date.parse would take the
  // local one.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** A name that could not be resolved: there is no such host, or the resolver did not say. */
export function dnsError(hostname: string, cause: unknown): CarnotError {
  const code = codeOf(cause);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return gateError('NotFoundHost', `${hostname}: no such host`, { cause });
  }
  return gateError('DnsFailure', `${hostname}: the name could not be resolved (${code})`, { cause });
}

/** More bytes than are accepted, on the wire or once decompressed. */
export function tooLarge(url: URL, maxBytes: number): CarnotError {
  return gateError('TooLarge', `${where(url)}: more than ${maxBytes} bytes`);
}

/** The whole request, redirects and body included, was not over in time. */
export function timedOut(url: URL, timeoutMs: number): CarnotError {
  return gateError('Timeout', `${where(url)}: not over within ${timeoutMs} ms`);
}

type Family = [codes: RegExp, kind: GateErrorKind, message: string];

/** Codes of Node, OpenSSL (through node:tls), llhttp and undici. The first that fits counts. */
const TRANSPORT: Family[] = [
  [/^(ENOTFOUND|ENODATA)$/, 'NotFoundHost', 'no such host'],
  [/^(EAI_|ESERVFAIL$|EREFUSED$)/, 'DnsFailure', 'the name could not be resolved'],
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/, 'Timeout', 'no answer in time'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    'ConnectFailed',
    'no connection',
  ],
  // A length that does not match what came is a connection cut, seen one layer up.
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

/** What an error from below (socket, TLS, parser, undici) means. One of ours is handed on as it is. */
export function transportError(url: URL, cause: unknown): CarnotError {
  if (cause instanceof CarnotError) return cause;
  const code = codeOf(cause);
  const known = TRANSPORT.find(([codes]) => codes.test(code));
  if (!known) return gateError('RequestFailed', `${where(url)}: the request failed (${code})`, { cause });
  return gateError(known[1], `${where(url)}: ${known[2]} (${code})`, { cause });
}

/** The error's code, or else its name: undici's parser errors come without a code. */
function codeOf(cause: unknown): string {
  // By its shape: an error of another realm (a worker, a test runner) is no instance of our Error.
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((x): x is string => typeof x === 'string') ?? 'no code';
}
