import type { Request } from 'express';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a browser sends this request, which changes something, on behalf of another site: by Fetch
 * Metadata, else by Origin, the way that Go's net/http took for its CrossOriginProtection. A bearer token is
 * no browser's own doing, and a mail provider that stops mails (RFC 8058) is no browser.
 */
export function fromOtherSite(request: Request): boolean {
  if (
    SAFE.includes(request.method) ||
    request.headers.authorization ||
    request.path.startsWith('/unsubscribe/')
  )
    return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  // Neither: no browser of the last years, so nobody whose cookie could be used by another.
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
