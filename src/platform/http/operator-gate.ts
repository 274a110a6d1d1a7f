import { Gate, type GateOptions } from './gate.js';

/**
 * The operator named this server, and no document is read from it: it may lie within the network, and has no
 * robots.txt to be heeded.
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
