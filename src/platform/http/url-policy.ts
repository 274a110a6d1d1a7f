import type { CarnotError } from '../../kernel/errors.js';
import { refusalOfHostname } from './address-check.js';
import { gateError, where } from './http-errors.js';

/** One request in a chain of redirects. `trusted`: to an origin configured by the operator. */
export interface Hop {
  url: URL;
  method: 'GET' | 'POST';
  trusted: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Whether a status with a Location is a redirect (RFC 9110 section 15.4). */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Throws GateRefused unless an address is https, on port 443, without userinfo, and not an internal host. */
export function checkUrl(url: URL): void {
  checkUserinfo(url);
  if (url.protocol !== 'https:') throw refused(url, `${url.protocol} is not https`);
  // URL drops a scheme's default port, so any port left is another one.
  if (url.port !== '') throw refused(url, 'only port 443 is open');
  const refusal = refusalOfHostname(url.hostname);
  if (refusal) throw refused(url, `the host ${refusal}`);
}

/** Throws GateRefused if an address has a user or password: it would be logged, and undici drops it. */
export function checkUserinfo(url: URL): void {
  if (url.username !== '' || url.password !== '') throw refused(url, 'it has a user or a password');
}

/**
 * Returns where a redirect leads, or throws GateRefused. The target is judged as a stranger's even if it is a
 * trusted origin: trust covers what the operator configured, not what points to it.
 */
export function nextHop(from: Hop, status: number, location: string): Hop {
  if (from.trusted) throw refused(from.url, 'a configured origin may not redirect');
  const url = URL.canParse(location, from.url) ? new URL(location, from.url) : null;
  if (!url) throw refused(from.url, 'it redirects to what is no address');
  if (from.method === 'POST' && (status < 307 || url.origin !== from.url.origin)) {
    // 301 to 303 would make it a GET (RFC 9110 section 15.4); 307 and 308 would send the body elsewhere.
    throw refused(from.url, `it redirects a POST (status ${status})`);
  }
  checkUrl(url);
  return { url, method: from.method, trusted: false };
}

function refused(url: URL, why: string): CarnotError {
  return gateError('GateRefused', `${where(url)}: ${why}`);
}
