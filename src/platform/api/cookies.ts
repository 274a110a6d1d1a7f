import type { Request } from 'express';

/** The value of a cookie of a request (RFC 6265, section 4.2); undefined where it has none of that name. Ours need no decoding. */
export function cookieOf(request: Pick<Request, 'headers'>, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
