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
