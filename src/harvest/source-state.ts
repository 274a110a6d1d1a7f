import { CarnotError } from '../kernel/errors.js';
import type { SourceState } from './store/source.repository.js';

const STATES: Record<string, SourceState> = {
  ShapeError: 'broken',
  HttpNotFound: 'broken',
  HttpClientError: 'broken',
  UnexpectedStatus: 'broken',
  TooManyRedirects: 'broken',
  TooLarge: 'broken',
  UnknownEncoding: 'broken',
  Challenge: 'blocked',
  HttpBlocked: 'blocked',
  RobotsDisallowed: 'blocked',
  GateRefused: 'blocked',
  TlsFailed: 'blocked',
  HttpThrottled: 'throttled',
};

/**
 * Errors that have nothing to do with the source: an abandoned run, a failed count in our database, a process
 * that ends.
 */
const OURS = new Set(['Abandoned', 'RateLimitUnavailable', 'GateClosed']);

/**
 * Errors thrown by code that meets unforeseen input. Matched by name: errors from another realm are no
 * instances of our classes.
 */
const UNFORESEEN = /^(TypeError|RangeError|ReferenceError|SyntaxError|URIError|\$?ZodError)$/;
/** PostgreSQL's codes for data it cannot accept (classes 22 and 23), such as text with a zero byte. */
const DATA = /^2[23][0-9A-Z]{3}$/;

const FORBIDDEN = 403;

/** A 403 differs from other blocks: other headers or another address may be let in. */
function ofGate({ kind, details }: CarnotError): SourceState {
  if (kind === 'HttpBlocked' && details.status === FORBIDDEN) return 'refused';
  return STATES[kind] ?? 'unreachable';
}

/**
 * Returns what the error that ended a run says about its source; null if it only concerns our machine,
 * database or disk. Errors from none of these were not foreseen: a form that our code cannot handle.
 */
export function sourceStateOf(error: Error): SourceState | null {
  if (error instanceof CarnotError) return OURS.has(error.kind) ? null : ofGate(error);
  const { code } = error as { code?: unknown };
  return UNFORESEEN.test(error.name) || (typeof code === 'string' && DATA.test(code)) ? 'broken' : null;
}
