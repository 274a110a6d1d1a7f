import { Gate } from '../../../src/platform/http/gate.js';

/**
 * The timeout in milliseconds for tests of unanswered requests; all others wait as long as a busy machine
 * takes.
 */
export const IMPATIENT_MS = 500;
const PATIENT_MS = 20_000;

/** Returns the gate configured for deliveries, for servers on this machine. */
export const deliveryGate = (trustedOrigins: string[], timeoutMs = PATIENT_MS): Gate =>
  new Gate({
    trustedOrigins,
    userAgent: 'carnot-test',
    timeoutMs,
    maxBytes: 10_000,
    maxRedirects: 0,
    onlyStatus: true,
    robots: false,
    requestsPerMinute: 1,
  });

/** For targets that must not be contacted. */
export const NOBODY = { send: () => Promise.reject(new Error('no mail belongs here')), id: 'smtp' as const };
export const NO_FETCHER = { fetch: () => Promise.reject(new Error('no request belongs here')) };
export const realClock = { now: () => new Date() };
