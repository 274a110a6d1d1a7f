import { Gate, type GateOptions } from './gate.js';

/**
 * Returns a gate to a server named by the operator, from which no document is read: it may be inside the
 * network, and no robots.txt applies.
 */
export const gateTo = (
  url: string,
  limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'timeoutMs' | 'proxy'>,
): Gate =>
  new Gate({
    ...limits,
    trustedOrigins: [new URL(url).origin],
    maxRedirects: 0,
    robots: false,
    requestsPerMinute: 1,
  });
