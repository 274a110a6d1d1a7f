import { CarnotError } from '../kernel/errors.js';
import type { SourceState } from './store/source.entity.js';

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
 * A run that nobody went on with, a count that our database does not give, a process that ends: the source
 * had no part in it.
 */
const OURS = new Set(['Abandoned', 'RateLimitUnavailable', 'GateClosed']);

/**
 * What a program throws that meets what it was not written for. By their names: an error of another realm is
 * no instance of ours.
 */
const UNFORESEEN = /^(TypeError|RangeError|ReferenceError|SyntaxError|URIError|\$?ZodError)$/;
/**
 * PostgreSQL's own code where it is the data that it cannot take (classes 22 and 23), as a text with a zero
 * byte.
 */
const DATA = /^2[23][0-9A-Z]{3}$/;

const FORBIDDEN = 403;

/** A 403 is told apart from the rest of what blocks us: other headers or another address may be let in. */
function ofGate({ kind, details }: CarnotError): SourceState {
  if (kind === 'HttpBlocked' && details.status === FORBIDDEN) return 'refused';
  return STATES[kind] ?? 'unreachable';
}

/**
 * What the error that ended a run says of its source; null where it says nothing of it, but of our machine,
 * our database or our disk. What neither a machine nor a database says was not foreseen: a form that our code
 * cannot deal with.
 */
export function sourceStateOf(error: Error): SourceState | null {
  if (error instanceof CarnotError) return OURS.has(error.kind) ? null : ofGate(error);
  const { code } = error as { code?: unknown };
  return UNFORESEEN.test(error.name) || (typeof code === 'string' && DATA.test(code)) ? 'broken' : null;
}
