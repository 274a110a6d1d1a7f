import { Gate, type GateOptions } from './gate.js';
import { CarnotError } from '../../kernel/errors.js';
import type { Environment } from '../config/environment.js';

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

const TIMEOUT_MS = 10_000;

/** A check at Healthchecks, or a server with the same API: `src/monitoring/README.md` says what it is. */
export class HeartbeatAddress {
  constructor(
    private readonly url: string,
    private readonly gate: Gate,
  ) {}

  /**
   * Reports that all is well, or what is not. Returns why it could not, without the address, whose path is a
   * secret; null if it could.
   */
  async report(trouble: readonly string[]): Promise<string | null> {
    const url = new URL(trouble.length ? `${this.url}/fail` : this.url);
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    try {
      // A check may be set to count POST alone.
      await this.gate.fetch(url, { method: 'POST', headers, body: trouble.join('\n') });
      return null;
    } catch (error) {
      const { kind, details } = error instanceof CarnotError ? error : { kind: 'unknown', details: {} };
      const status = 'status' in details && details.status ? ` with status ${details.status}` : '';
      return `the service in HEARTBEAT_URL (${url.host}) could not be told how this installation is (${kind}${status}); the next try is in a minute`;
    }
  }

  close(): Promise<void> {
    return this.gate.close();
  }
}

/** Returns what HEARTBEAT_URL names; null if it is not set. */
export const heartbeatOf = (
  { HEARTBEAT_URL: url }: Pick<Environment, 'HEARTBEAT_URL'>,
  limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>,
): HeartbeatAddress | null =>
  url === undefined ? null : new HeartbeatAddress(url, gateTo(url, { ...limits, timeoutMs: TIMEOUT_MS }));
