import type { Request } from 'express';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a browser sends this state-changing request on behalf of another site: by Fetch Metadata, or else
 * by Origin, like CrossOriginProtection in Go's net/http. Browsers never add a bearer token by themselves,
 * and one-click unsubscribe requests (RFC 8058) come from mail providers, not browsers.
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
  // Neither header: not a recent browser, so there is no cookie for another site to abuse.
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
