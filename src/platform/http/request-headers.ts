import type { CarnotError } from '../../kernel/errors.js';
import { gateError } from './gate-errors.js';
import { ACCEPT_ENCODING } from './response-body.js';

/** RFC 9110 section 5.6.2 (token) and 5.5 (field value, here in ASCII as section 5.5 advises). */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** They set where the request goes and where it ends (RFC 9112 section 6): up to the gate, never a source. */
const FRAMING =
  /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|expect|te|trailer|proxy-.*)$/;

/** What may follow a redirect to another origin. Anything else could be a credential, whatever its name. */
const HARMLESS = new Set(['accept', 'accept-language']);

/**
 * Returns the headers to send: a source's own, validated, in lower case, with the gate's `user-agent` and
 * `accept-encoding`.
 */
export function outgoingHeaders(own: Record<string, string>, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const key = name.toLowerCase();
    // The message omits the value, which may be a credential.
    if (!NAME.test(name)) throw refused('a header has a malformed name');
    if (!VALUE.test(value)) throw refused(`the header ${key} has a malformed value`);
    if (FRAMING.test(key)) throw refused(`the header ${key} is set by the gate`);
    headers[key] = value;
  }
  return { ...headers, 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING };
}

/** Returns the headers of a source that may follow a redirect (RFC 9110 section 15.4). */
export function headersAfterRedirect(
  own: Record<string, string>,
  from: URL,
  to: URL,
): Record<string, string> {
  if (from.origin === to.origin) return own;
  return Object.fromEntries(Object.entries(own).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}

function refused(why: string): CarnotError {
  return gateError('GateRefused', why);
}
