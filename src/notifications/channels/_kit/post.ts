import { z } from 'zod';
import { issue } from '../../../kernel/issues.js';
import { CarnotError, Postponed } from '../../../kernel/errors.js';
import type { Outgoing } from '../../domain/delivery/channel.js';
import { addressGone } from '../../../kernel/mail-refusal.js';
import type { Fetcher } from '../../../kernel/ports.js';

const LONGEST = 2_000;

const isWebAddress = (text: string): boolean => {
  // URL strips white space, which changes the address.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password;
};

/** A web address, normalised by URL. The outgoing gate decides whether it may be contacted. */
export const WebAddress: z.ZodType<string, string> = z
  .string()
  .trim()
  .max(LONGEST)
  .refine(isWebAddress, issue('web-address'))
  .transform((text) => {
    const url = new URL(text);
    url.hash = '';
    return url.href;
  });

/** A status that is not an acceptance. `retryAfterMs` is what the server asked for. */
export interface Refusal {
  status: number;
  words: string;
  retryAfterMs?: number;
}

/**
 * Gate failures in words for whoever maintains the address. Never the gate's own: they contain the path,
 * which may be a credential.
 */
const WORDS: Record<string, string> = {
  GateRefused:
    'this address is not allowed: use a public https address, or one listed in WEBHOOK_TRUSTED_ORIGINS',
  NotFoundHost: 'host not found',
  DnsFailure: 'the name could not be looked up',
  ConnectFailed: 'connection refused',
  ConnectionReset: 'connection cut',
  TlsFailed: 'invalid certificate or no TLS connection',
  Timeout: 'no answer in time',
  BrokenAnswer: 'the answer is not HTTP',
  TooLarge: 'the headers of the answer are too large',
  GateClosed: 'the sending process was stopped',
  RequestFailed: 'the request failed',
};

/** Keeps only what cannot contain a secret, so neither the gate's message nor its cause. */
function failure(host: string, error: unknown): Error {
  if (error instanceof Postponed) return error;
  if (!(error instanceof CarnotError))
    return new CarnotError('RequestFailed', `${host}: ${WORDS['RequestFailed']}`, 'later');
  return new CarnotError(error.kind, `${host}: ${WORDS[error.kind] ?? error.kind}`, error.retryPolicy);
}

/**
 * Posts the rendered JSON. Any 2xx is an acceptance; `judge` decides about every other status except 410,
 * which means that the address is gone (RFC 9110 section 15.5.11).
 */
export async function post(
  { to, rendered }: Outgoing,
  headers: Record<string, string>,
  fetcher: Fetcher,
  judge: (refusal: Refusal) => CarnotError,
): Promise<{ where: string }> {
  const url = new URL(to.address);
  try {
    const answer = await fetcher.fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: rendered.payload ?? '',
    });
    return { where: `${url.host}: status ${answer.notModified ? 304 : answer.status}` };
  } catch (error) {
    const { status, retryAfterMs } = error instanceof CarnotError ? error.details : {};
    if (status === undefined) throw failure(url.host, error);
    const words = `${url.host}: status ${status}`;
    throw status === 410
      ? addressGone(words)
      : judge({ status, words, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
}

/** 4xx statuses that are temporary: request timeout, too early, too many requests. */
const NOT_NOW = [408, 425, 429];

/**
 * What a chat's refusal means. 404: its address was removed. Another 4xx concerns this message; the rest is
 * trouble on their side.
 */
export const judgeChat =
  (kind: string) =>
  ({ status, words, retryAfterMs }: Refusal): CarnotError => {
    if (status === 404) return addressGone(words);
    const never = status >= 400 && status <= 499 && !NOT_NOW.includes(status);
    return new CarnotError(
      kind,
      words,
      never ? 'never' : 'later',
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  };
